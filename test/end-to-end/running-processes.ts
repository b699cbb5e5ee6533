import { readdirSync, readFileSync } from 'node:fs';

/** Processes of this machine (Linux) that have the text in their command line or their environment. */
export function processesWith(text: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => read(`/proc/${pid}/cmdline`).includes(text) || read(`/proc/${pid}/environ`).includes(text))
    .map(Number)
    .filter((pid) => pid !== process.pid);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    // It has ended meanwhile, or is another user's.
    return '';
  }
}
