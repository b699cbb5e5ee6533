import { readFileSync } from 'node:fs';
import { processIds, sendSignal } from '../worker/process-tree.js';

/** Environment variable that a worker hands on to whatever it starts. */
const VARIABLE = 'CML_WORKER';
/** What is killed may have started something in between. */
const PASSES = 3;

/** Of one worker: unlike any other, and without a meaning in a pattern or a shell. */
export type WorkerMark = `@${string}`;

/** @returns the environment of a worker with the mark; that of a worker around it stays. */
export function withMark(env: Readonly<Record<string, string>>, mark: WorkerMark): Record<string, string> {
  const outer = env[VARIABLE];
  return { ...env, [VARIABLE]: outer === undefined ? mark : `${outer} ${mark}` };
}

/**
 * Kills every process that was started with the mark, also those whose parents are gone and those in sessions of their
 * own, as far as the system tells (Linux).
 */
export function killMarked(mark: WorkerMark): void {
  for (let pass = 0; pass < PASSES; pass++) {
    const found = markedProcesses(mark);
    if (found.length === 0) return;
    for (const pid of found) sendSignal(pid, 'SIGKILL');
  }
}

function markedProcesses(mark: WorkerMark): readonly number[] {
  return processIds().filter((pid) => environmentOf(pid).includes(mark));
}

/** That it was started with; empty where it has ended, or is another user's. */
function environmentOf(pid: number): Buffer {
  try {
    return readFileSync(`/proc/${pid}/environ`);
  } catch {
    return Buffer.alloc(0);
  }
}
