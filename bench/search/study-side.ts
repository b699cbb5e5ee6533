import type { Params } from '../../src/trial.js';
import type { BenchTask } from './bench-task.js';

/** One study of one sampler, ours or a peer's, that is asked and told. */
export interface SideStudy {
  ask(): Promise<Asked>;
  tell(id: number, value: number): Promise<void>;
  /** CPU time of all that it was asked and told so far. */
  readonly cpuMs: number;
}

export interface Asked {
  readonly id: number;
  readonly params: Params;
}

export interface StudyPlan {
  readonly task: BenchTask;
  readonly seed: number;
  readonly trials: number;
  /** How many trials are under way at a time. */
  readonly inFlight: number;
}

/** A sampler in the tables. */
export interface Contender {
  readonly name: string;
  readonly isPeer: boolean;
  open(plan: StudyPlan): Promise<SideStudy>;
}
