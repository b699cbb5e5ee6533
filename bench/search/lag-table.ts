import type { SearchMethod } from '../../src/spec/study-spec.js';
import { printTable } from '../measure.js';
import type { BenchTask } from './bench-task.js';
import { waitingOf } from './idle-workers.js';
import { LAG_BUDGETS, LAGS, LagStudies } from './lag-study.js';
import type { RunCache } from './run-cache.js';
import { scoreOf } from './scores.js';

const WORKERS = [2, 4, 8, 16];

/** What lag costs: in regret for the same trials, in workers that wait, and both at once: in regret for the same time. */
export async function printLagTables(
  sampler: SearchMethod,
  tasks: readonly BenchTask[],
  seeds: number,
  cache: RunCache,
) {
  const studies = new LagStudies();
  await studies.collect(sampler, tasks, seeds, cache);
  const names = tasks.map(({ name }) => name);
  const sameTrials = studies.regrets();
  printTable(
    `Regret of ${sampler} by lag, ${tasks.length} tasks, ${seeds} seeds`,
    ['lag', ...['mean', 'geo', 'rank'].flatMap((kind) => LAG_BUDGETS.map((budget) => `${kind}@${budget}`))],
    LAGS.map((lag) => {
      const scores = LAG_BUDGETS.map((budget) => scoreOf(`${lag}`, sameTrials, names, budget));
      return [
        `${lag}`,
        ...scores.map(({ mean }) => mean.toFixed(3)),
        ...scores.map(({ geometricMean }) => geometricMean.toFixed(3)),
        ...scores.map(({ rank }) => rank.toFixed(2)),
      ];
    }),
  );

  const waiting = new Map(
    WORKERS.map((workers) => [workers, new Map(LAGS.map((lag) => [lag, waitingOf(lag, workers)]))]),
  );
  printTable(
    'Workers that wait, simulated trials of 5 folds; in brackets: time over that of no lag',
    ['lag', ...WORKERS.map((workers) => `${workers} workers`)],
    LAGS.map((lag) => {
      const cells = WORKERS.map((workers) => waiting.get(workers)!.get(lag)!);
      return [`${lag}`, ...cells.map(({ idle, time }) => `${(100 * idle).toFixed(1)}% (${time.toFixed(2)})`)];
    }),
  );

  const rows = WORKERS.flatMap((workers) => {
    const sameTime = studies.regrets((lag, budget) => Math.round(budget / waiting.get(workers)!.get(lag)!.time));
    return LAG_BUDGETS.map((budget) => {
      const cells = LAGS.map((lag) => scoreOf(`${lag}`, sameTime, names, budget));
      return [
        `${workers} workers, ${budget} trials`,
        ...cells.map(({ mean, geometricMean }) => `${mean.toFixed(3)} / ${geometricMean.toFixed(3)}`),
      ];
    });
  });
  printTable(
    'Regret (mean / geo) in the time that so many trials take without lag',
    ['', ...LAGS.map((lag) => `lag ${lag}`)],
    rows,
  );
}
