import { Random } from '../../src/random.js';

const TRIALS = 100;
const SEEDS = 200;
const FOLDS = 5;
/** Standard deviations of the logarithms of what a trial and a fold take: some configurations cost many times others. */
const TRIAL_SPREAD = 1;
const FOLD_SPREAD = 0.25;

export interface Waiting {
  /** Share of the workers' time in which they wait. */
  readonly idle: number;
  /** Time of the whole sweep over that of one whose proposals wait for nothing. */
  readonly time: number;
}

/** Mean over 200 simulated sweeps of 100 trials with 5 folds each. */
export function waitingOf(lag: number, workers: number): Waiting {
  let idle = 0;
  let time = 0;
  for (let seed = 0; seed < SEEDS; seed++) {
    const work = drawWork(seed);
    const sweep = simulate(work, lag, workers);
    idle += sweep.idle / SEEDS;
    time += sweep.end / simulate(work, TRIALS, workers).end / SEEDS;
  }
  return { idle, time };
}

/** @returns what each fold of each trial takes. */
function drawWork(seed: number): number[][] {
  const random = new Random(seed, 'idle');
  return Array.from({ length: TRIALS }, () => {
    const trial = TRIAL_SPREAD * random.normal();
    return Array.from({ length: FOLDS }, () => Math.exp(trial + FOLD_SPREAD * random.normal()));
  });
}

/** Fold by fold in trial order: each goes to the worker that is free first, once its trial may be proposed. */
function simulate(work: readonly (readonly number[])[], lag: number, workers: number) {
  const free = new Float64Array(workers);
  /** When trials 0 … i have all ended. */
  const endedPrefix: number[] = [];
  let busy = 0;
  for (const [trial, folds] of work.entries()) {
    const mayStart = endedPrefix[trial - lag] ?? 0;
    let ended = endedPrefix[trial - 1] ?? 0;
    for (const duration of folds) {
      const worker = free.indexOf(Math.min(...free));
      free[worker] = Math.max(free[worker]!, mayStart) + duration;
      ended = Math.max(ended, free[worker]!);
      busy += duration;
    }
    endedPrefix.push(ended);
  }
  const end = Math.max(...free);
  return { end, idle: 1 - busy / (workers * end) };
}
