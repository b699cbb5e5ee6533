import type { Params } from '../../src/trial.js';
import type { BenchParameter } from './parameters.js';

/** The active parameters of a configuration, by what a formula takes them for. */
export class Point {
  private readonly params: Params;

  constructor(params: Params) {
    this.params = params;
  }

  number(name: string): number {
    const value = this.params[name];
    if (typeof value !== 'number') throw new Error(`${name} is no number in ${JSON.stringify(this.params)}`);
    return value;
  }

  /** The logarithm to base 10. */
  magnitude(name: string): number {
    return Math.log10(this.number(name));
  }

  choice(name: string): string {
    return String(this.params[name]);
  }
}

/** An objective to be minimised whose optimum is known. */
export interface BenchTask {
  readonly name: string;
  /** What it asks of a sampler, in a few words. */
  readonly about: string;
  readonly space: readonly BenchParameter[];
  /** The lowest value there is. */
  readonly optimum: number;
  /** What 100 random draws reach: the median over 1,000 seeds of the lowest value. Its regret is 1. */
  readonly randomBest: number;
  readonly value: (point: Point) => number;
  /** Standard deviation of what is added to the value before a sampler is told. Absent: none. */
  readonly noise?: number;
}

/** The value's share of the way from the optimum to what random search reaches in 100 trials; never below 0. */
export function regretOf(task: BenchTask, value: number): number {
  return Math.max(0, (value - task.optimum) / (task.randomBest - task.optimum));
}
