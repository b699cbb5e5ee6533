import { printTable } from '../measure.js';
import { type BenchTask, regretOf } from './bench-task.js';
import type { RunCache } from './run-cache.js';
import { bestAfter, runStudy } from './run-study.js';
import { medianRegret, type Regrets, type Score, scoreOf } from './scores.js';
import type { Contender } from './study-side.js';

const BUDGETS = [25, 50, 100];
const LAST = 100;

export interface QualityPlan {
  readonly contenders: readonly Contender[];
  readonly tasks: readonly BenchTask[];
  readonly seeds: number;
  readonly inFlight: number;
}

/** How good the best of 25, 50 and 100 trials is, beside the peers. */
export async function printQualityTables(plan: QualityPlan, cache: RunCache): Promise<void> {
  const { contenders, seeds, inFlight } = plan;
  const regrets = await collectRegrets(plan, cache);
  const tasks = plan.tasks.map(({ name }) => name);
  const scores = new Map(
    contenders.map(({ name }) => [name, BUDGETS.map((budget) => scoreOf(name, regrets, tasks, budget))]),
  );
  const ordered = [...scores].sort(([, a], [, b]) => a.at(-1)!.rank - b.at(-1)!.rank);
  const cells = (of: (score: Score) => string, all: readonly Score[]) => all.map(of);
  const rows = ordered.map(([name, all]) => [
    name,
    ...cells(({ mean }) => mean.toFixed(3), all),
    ...cells(({ geometricMean }) => geometricMean.toFixed(3), all),
    ...cells(({ rank }) => rank.toFixed(2), all),
  ]);
  const way = inFlight === 1 ? 'one at a time' : `${inFlight} in flight`;
  printTable(
    `Regret, ${tasks.length} tasks, ${seeds} seeds, ${way}`,
    ['sampler', ...['mean', 'geo', 'rank'].flatMap((kind) => BUDGETS.map((budget) => `${kind}@${budget}`))],
    [...rows, ...ratioRows(contenders, scores)],
  );
  printTable(
    `Median regret after ${LAST} trials by task, ${way}`,
    ['task', ...ordered.map(([name]) => name)],
    tasks.map((task) => [
      task,
      ...ordered.map(([name]) => medianRegret(regrets.get(name)!.get(task)!.get(LAST)!).toFixed(3)),
    ]),
  );
}

/** Ours over the best peer of each column. */
function ratioRows(contenders: readonly Contender[], scores: ReadonlyMap<string, readonly Score[]>): string[][] {
  const peers = contenders.filter(({ isPeer }) => isPeer).map(({ name }) => scores.get(name)!);
  if (peers.length === 0) return [];
  const ratios = (own: readonly Score[], of: (score: Score) => number) =>
    own.map((score, i) => (of(score) / Math.min(...peers.map((peer) => of(peer[i]!)))).toFixed(2));
  return contenders
    .filter(({ name, isPeer }) => !isPeer && (name === 'bayes' || name === 'tpe'))
    .map(({ name }) => {
      const own = scores.get(name)!;
      const means = ratios(own, ({ mean }) => mean);
      return [
        `${name} / best peer`,
        ...means,
        ...ratios(own, (score) => score.geometricMean),
        ...BUDGETS.map(() => ''),
      ];
    });
}

async function collectRegrets(plan: QualityPlan, cache: RunCache): Promise<Regrets> {
  const { contenders, tasks, seeds, inFlight } = plan;
  const regrets = new Map<string, Map<string, Map<number, number[]>>>();
  for (const contender of contenders) {
    const byTask = new Map<string, Map<number, number[]>>();
    regrets.set(contender.name, byTask);
    for (const task of tasks) {
      const byBudget = new Map<number, number[]>(BUDGETS.map((budget) => [budget, []]));
      byTask.set(task.name, byBudget);
      for (let seed = 0; seed < seeds; seed++) {
        const key = `${contender.name} | ${task.name} | ${inFlight} in flight | ${LAST} trials | seed ${seed}`;
        const run = await cache.get(key, () => runStudy(contender, { task, seed, trials: LAST, inFlight }));
        for (const budget of BUDGETS) byBudget.get(budget)!.push(regretOf(task, bestAfter(run, budget)));
      }
    }
    console.error(`${contender.name}, ${inFlight} in flight: done`);
  }
  return regrets;
}
