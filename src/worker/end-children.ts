import { readdirSync, readFileSync } from 'node:fs';

/** Kills the children of this process, their children, and so on, as far as the system tells (Linux). */
export function endChildren(): void {
  for (const child of descendantsOf(process.pid)) {
    try {
      process.kill(child, 'SIGKILL');
    } catch {
      // It has ended by itself, or is not ours to end.
    }
  }
}

function descendantsOf(pid: number): readonly number[] {
  return childrenOf(pid).flatMap((child) => [child, ...descendantsOf(child)]);
}

function childrenOf(pid: number): readonly number[] {
  try {
    const threads = `/proc/${pid}/task`;
    return readdirSync(threads).flatMap((thread) => {
      return readFileSync(`${threads}/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
    });
  } catch {
    return [];
  }
}
