import type { SearchMethod } from '../../src/spec/study-spec.js';
import { type BenchTask, regretOf } from './bench-task.js';
import { askOf, openStudy } from './open-study.js';
import type { KeptRun, RunCache } from './run-cache.js';
import { bestAfter, measure } from './run-study.js';
import type { Regrets } from './scores.js';

export const LAGS: readonly number[] = [1, 2, 4, 8, 16];
export const LAG_BUDGETS: readonly number[] = [25, 50, 100];
const TRIALS = 100;

/** Studies whose proposal i reads the results of trials <= i - lag, and of the later ones the parameters only. */
export class LagStudies {
  private readonly runs = new Map<number, Map<BenchTask, KeptRun[]>>();

  async collect(sampler: SearchMethod, tasks: readonly BenchTask[], seeds: number, cache: RunCache): Promise<void> {
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

/** A result is told when the proposal that may read it is due. */
function runWithLag(method: SearchMethod, task: BenchTask, seed: number, lag: number): KeptRun {
  const study = openStudy(task.space, { method, seed, trials: TRIALS, goal: 'minimize' });
  const told: number[] = [];
  const values: number[] = [];
  for (let number = 0; number < TRIALS; number++) {
    if (number >= lag) study.tell(number - lag, told[number - lag]!);
    const { value, observed } = measure(task, seed, askOf(study));
    values.push(value);
    told.push(observed);
  }
  return { told, values };
}
