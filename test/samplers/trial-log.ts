import type { History } from '../../src/samplers/sampler.js';
import type { Space } from '../../src/space/space.js';
import type { EndedTrial, Params } from '../../src/trial.js';

/** What became of a trial: its score, or undefined for a failure. */
export type Judge = (params: Params, trial: number) => number | undefined;

/** The trials of a study so far, and what a sampler may read of them. */
export class TrialLog {
  readonly ended: EndedTrial[] = [];
  readonly keys: string[] = [];
  /** How often `has` was asked of any history of this log. */
  lookups = 0;
  private readonly space: Space;
  private readonly judge: Judge;
  private readonly places = new Map<string, number>();

  constructor(space: Space, judge: Judge) {
    this.space = space;
    this.judge = judge;
  }

  add(params: Params): void {
    const number = this.ended.length;
    const score = this.judge(params, number);
    const key = this.space.key(params);
    this.keys.push(key);
    if (!this.places.has(key)) this.places.set(key, number);
    this.ended.push(
      score === undefined
        ? { number, params, state: 'failed', score, reason: 'did not converge', folds: [] }
        : { number, params, state: 'completed', score, reason: undefined, folds: [] },
    );
  }

  /** What the proposal of a trial may read: results of trials <= trial - lag, parameters of the later ones. */
  historyAt(trial: number, lag: number): History {
    const readable = Math.max(0, trial - lag + 1);
    return {
      ended: this.ended.slice(0, readable),
      pending: this.ended.slice(readable, trial).map(({ number, params }) => ({ number, params })),
      has: (key) => {
        this.lookups++;
        return (this.places.get(key) ?? Number.POSITIVE_INFINITY) < trial;
      },
    };
  }
}
