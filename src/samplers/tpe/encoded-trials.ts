import type { Space } from '../../space/space.js';
import type { EndedTrial, Goal, Params } from '../../trial.js';
import type { History } from '../sampler.js';

/**
 * The trials of a history as points of the unit cube, with a loss for each that ended. Encoding is what costs, so a row
 * is kept for as long as its place holds the same configuration.
 */
export class EncodedTrials {
  readonly dimensions: number;
  /** Trials that ended; they come first, in trial order. */
  ended = 0;
  /** Trials in flight; they come after those that ended, in trial order. */
  pending = 0;
  /** Row-major, one row of `dimensions` a trial; NaN where a parameter is inactive. */
  units = new Float64Array(0);
  /** By trial that ended: smaller is better, Infinity without a score. */
  losses = new Float64Array(0);
  /** The first row that differs from the last history read; trials before it may be remembered. */
  changedFrom = 0;
  private readonly space: Space;
  private readonly sign: number;
  private readonly params: Params[] = [];

  constructor(space: Space, goal: Goal) {
    this.space = space;
    this.dimensions = space.dimensions.length;
    this.sign = goal === 'maximize' ? -1 : 1;
  }

  read(history: History): void {
    this.ended = history.ended.length;
    this.pending = history.pending.length;
    this.reserve(this.ended + this.pending);
    this.changedFrom = Number.POSITIVE_INFINITY;
    for (let i = 0; i < this.ended; i++) {
      const trial = history.ended[i]!;
      const loss = this.lossOf(trial);
      if (loss !== this.losses[i]) this.changedFrom = Math.min(this.changedFrom, i);
      this.losses[i] = loss;
      this.place(i, trial.params);
    }
    for (let i = 0; i < this.pending; i++) this.place(this.ended + i, history.pending[i]!.params);
  }

  private place(row: number, params: Params): void {
    if (this.params[row] === params) return;
    this.params[row] = params;
    this.changedFrom = Math.min(this.changedFrom, row);
    this.units.set(this.space.encode(params), row * this.dimensions);
  }

  /** A trial that failed, timed out or was stopped early is worse than any that has a score. */
  private lossOf(trial: EndedTrial): number {
    if (trial.score === undefined || Number.isNaN(trial.score)) return Number.POSITIVE_INFINITY;
    return this.sign * trial.score;
  }

  private reserve(count: number): void {
    if (this.losses.length >= count) return;
    const { units, losses } = this;
    this.units = new Float64Array(2 * count * this.dimensions);
    this.units.set(units);
    this.losses = new Float64Array(2 * count);
    this.losses.set(losses);
  }
}
