import { readFileSync } from 'node:fs';
import { processIds } from '../../src/worker/process-tree.js';

/** Processes of this machine (Linux) that have the text in their command line or their environment. */
export function processesWith(text: string): readonly number[] {
  return processIds().filter((pid) => {
    if (pid === process.pid) return false;
    return read(`/proc/${pid}/cmdline`).includes(text) || read(`/proc/${pid}/environ`).includes(text);
  });
}

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    // It has ended meanwhile, or is another user's.
    return '';
  }
}
