/** Regrets of some contenders: by contender, task, number of trials; one a seed. */
export type Regrets = ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<number, readonly number[]>>>;

export interface Score {
  /** Mean over the tasks of the median over the seeds. */
  readonly mean: number;
  /** The same as a geometric mean, medians below `FLOOR` counted as `FLOOR`. */
  readonly geometricMean: number;
  /**
   * Mean over the tasks of the rank among all contenders: 1, and for each of the others the share of all pairs of runs
   * (one of each) that the other wins, a tie counting half.
   */
  readonly rank: number;
}

const FLOOR = 1e-3;

/** @param trials one of the numbers of trials in `regrets`. */
export function scoreOf(contender: string, regrets: Regrets, tasks: readonly string[], trials: number): Score {
  const of = (name: string, task: string) => regrets.get(name)!.get(task)!.get(trials)!;
  let mean = 0;
  let logarithm = 0;
  let rank = 0;
  for (const task of tasks) {
    const own = of(contender, task);
    const middle = medianRegret(own);
    mean += middle / tasks.length;
    logarithm += Math.log(Math.max(middle, FLOOR)) / tasks.length;
    rank += 1 / tasks.length;
    for (const other of regrets.keys()) {
      if (other !== contender) rank += lostShare(own, of(other, task)) / tasks.length;
    }
  }
  return { mean, geometricMean: Math.exp(logarithm), rank };
}

export function medianRegret(regrets: readonly number[]): number {
  const sorted = [...regrets].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function lostShare(own: readonly number[], other: readonly number[]): number {
  let lost = 0;
  for (const mine of own) for (const theirs of other) lost += mine > theirs ? 1 : mine === theirs ? 0.5 : 0;
  return lost / (own.length * other.length);
}
