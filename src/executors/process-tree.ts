import { readdirSync, readFileSync } from 'node:fs';

/** Children of a process, their children, and so on, as far as the system tells (Linux); else none. */
export function descendantsOf(pid: number): readonly number[] {
  const found: number[] = [];
  for (const child of childrenOf(pid)) found.push(child, ...descendantsOf(child));
  return found;
}

function childrenOf(pid: number): readonly number[] {
  try {
    const threads = `/proc/${pid}/task`;
    return readdirSync(threads).flatMap((thread) => {
      const list = readFileSync(`${threads}/${thread}/children`, 'utf8');
      return list.split(' ').filter(Boolean).map(Number);
    });
  } catch {
    return [];
  }
}

/** @param id a process, or negative: a group; there may be none left. */
export function sendSignal(id: number, signal: NodeJS.Signals): void {
  try {
    process.kill(id, signal);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}
