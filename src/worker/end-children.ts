import { descendantsOf, sendSignal } from './process-tree.js';

/** Kills the children of this process, their children, and so on, as far as the system tells (Linux). */
export function endChildren(): void {
  for (const child of descendantsOf(process.pid)) sendSignal(child, 'SIGKILL');
}
