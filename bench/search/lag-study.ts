import { findSampler } from '../../src/samplers/index.js';
import type { EndedTrial } from '../../src/trial.js';
import { type BenchTask, regretOf } from './bench-task.js';
import { createSpace } from './drive-adapter.js';
import type { KeptRun, RunCache } from './run-cache.js';
import { bestAfter, measure } from './run-study.js';
import type { Regrets } from './scores.js';

export const LAGS: readonly number[] = [1, 2, 4, 8, 16];
export const LAG_BUDGETS: readonly number[] = [25, 50, 100];
const TRIALS = 100;

/** Studies whose proposal i reads the results of trials <= i - lag, and of the later ones the parameters only. */
export class LagStudies {
  private readonly runs = new Map<number, Map<BenchTask, KeptRun[]>>();

  async collect(sampler: string, tasks: readonly BenchTask[], seeds: number, cache: RunCache): Promise<void> {
    for (const lag of LAGS) {
      const byTask = new Map<BenchTask, KeptRun[]>();
      this.runs.set(lag, byTask);
      for (const task of tasks) {
        const runs: KeptRun[] = [];
        for (let seed = 0; seed < seeds; seed++) {
          const key = `${sampler} | ${task.name} | lag ${lag} | ${TRIALS} trials | seed ${seed}`;
          runs.push(await cache.get(key, async () => runWithLag(sampler, task, seed, lag)));
        }
        byTask.set(task, runs);
      }
      console.error(`${sampler}, lag ${lag}: done`);
    }
  }

  /**
   * Regrets by lag (as text), task and budget.
   * @param trialsOf how many trials of a lag a budget pays for.
   */
  regrets(trialsOf: (lag: number, budget: number) => number = (_, budget) => budget): Regrets {
    return new Map(
      [...this.runs].map(([lag, byTask]) => {
        const regretsOf = (task: BenchTask, runs: readonly KeptRun[], budget: number) =>
          runs.map((run) => regretOf(task, bestAfter(run, trialsOf(lag, budget))));
        const tasks = [...byTask].map(([task, runs]) => {
          return [task.name, new Map(LAG_BUDGETS.map((budget) => [budget, regretsOf(task, runs, budget)]))] as const;
        });
        return [`${lag}`, new Map(tasks)] as const;
      }),
    );
  }
}

function runWithLag(name: string, task: BenchTask, seed: number, lag: number): KeptRun {
  const space = createSpace(task.space);
  const sampler = findSampler(name)!.create({ space, seed, trials: TRIALS, goal: 'minimize' });
  const trials: EndedTrial[] = [];
  const keys = new Set<string>();
  const told: number[] = [];
  const values: number[] = [];
  for (let number = 0; number < TRIALS; number++) {
    const readable = Math.max(0, number - lag + 1);
    const pending = trials.slice(readable);
    const params = sampler.suggest(number, { ended: trials.slice(0, readable), pending, has: (key) => keys.has(key) });
    if (params === undefined) throw new Error(`${task.name} is exhausted after ${number} trials`);
    keys.add(space.key(params));
    const { value, observed } = measure(task, seed, { id: number, params });
    values.push(value);
    told.push(observed);
    trials.push({ number, params, state: 'completed', score: observed, reason: undefined, folds: [] });
  }
  return { told, values };
}
