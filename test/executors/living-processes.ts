import { readFileSync } from 'node:fs';
import { vi } from 'vitest';
import { descendantsOf } from '../../src/worker/process-tree.js';

/** Whether a process runs; one that has ended and waits for its parent does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
  } catch {
    return process.platform !== 'linux';
  }
}

/** Resolves when none of them is left. */
export async function allGone(pids: readonly number[]): Promise<void> {
  await vi.waitFor(() => {
    const left = pids.filter(isAlive);
    if (left.length > 0) throw new Error(`still there: ${left.join(', ')}`);
  }, 5000);
}

/** Living descendants of this process whose command line has the text. */
export function living(text: string, of: number = process.pid): readonly number[] {
  return descendantsOf(of).filter((pid) => isAlive(pid) && commandLine(pid).includes(text));
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
