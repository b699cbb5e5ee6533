import type { FoldOutcome } from '../trial.js';
import type { FoldTask } from '../validation/fold-task.js';
import type { WorkPlan } from '../validation/work-plan.js';

/** What a worker process is told once, before its first task. Plain data. */
export interface WorkerSetup {
  readonly work: Omit<WorkPlan, 'evaluation'>;
  /** Absolute; where tasks of the user's code leave what they print. */
  readonly runFolder: string;
  /** Where the work's evaluation plan lies, and its hash; undefined for a study without data. */
  readonly evaluation?: { readonly file: string; readonly hash: string };
}

/** What a worker process is asked for. */
export type WorkerRequest =
  | { readonly kind: 'set-up'; readonly setup: WorkerSetup }
  | {
      readonly kind: 'run';
      /** Counts the requests of this worker: its notices refer to it. */
      readonly run: number;
      readonly tasks: readonly FoldTask[];
      /** Whether to send a notice when the first task begins. */
      readonly announce: boolean;
    };

/** Answer to a set-up. */
export interface SetUpResult {
  /** What is wrong with the plan's file, which must then be written anew; undefined: ready. */
  readonly damage?: string;
}

/** Answer to a run. */
export interface RunAnswer {
  /** In the order of the tasks. */
  readonly outcomes: readonly FoldOutcome[];
  readonly elapsedMs: number;
}

/** What a worker process says without being asked. */
export type WorkerNotice =
  | { readonly notice: 'started'; readonly run: number }
  /** A process group was started on behalf of a task; it must not outlive this worker. */
  | { readonly notice: 'group'; readonly leader: number }
  | { readonly notice: 'group-ended'; readonly leader: number }
  /** A point of a learning curve. */
  | {
      readonly notice: 'report';
      readonly run: number;
      readonly task: number;
      readonly step: number;
      readonly value: number;
    }
  /** The process is about to exit by itself: on account of which run, where that is known, and why. */
  | { readonly notice: 'exiting'; readonly run?: number; readonly reason?: string };

const FIELDS: Readonly<Record<WorkerNotice['notice'], readonly string[]>> = {
  started: ['run'],
  group: ['leader'],
  'group-ended': ['leader'],
  report: ['run', 'task', 'step', 'value'],
  exiting: [],
};

/** @returns undefined for what users' code sends over the channel of its process. */
export function readNotice(message: unknown): WorkerNotice | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { notice } = message as { readonly notice?: unknown };
  if (typeof notice !== 'string' || !Object.hasOwn(FIELDS, notice)) return undefined;
  const given = message as Readonly<Record<string, unknown>>;
  const complete = FIELDS[notice as WorkerNotice['notice']].every((field) => typeof given[field] === 'number');
  if (!complete || ('leader' in given && !isGroup(given.leader))) return undefined;
  return message as WorkerNotice;
}

/** A signal to the group 1 goes to every process there is, and one to the group 0 to ourselves. */
function isGroup(leader: unknown): boolean {
  return Number.isSafeInteger(leader) && (leader as number) > 1;
}
