import { readdirSync, readFileSync } from 'node:fs';

/** Of every process of this machine, as far as the system tells (Linux); else none. */
export function processIds(): readonly number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** As far as the system tells (Linux); else none. */
export function childrenOf(pid: number): readonly number[] {
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

/** Children of a process, their children, and so on. */
export function descendantsOf(pid: number): readonly number[] {
  return childrenOf(pid).flatMap((child) => [child, ...descendantsOf(child)]);
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
