import type { Pruner } from '../pruners/index.js';
import type { FoldOutcome, LearningCurve } from '../trial.js';
import type { StudyState } from './study-state.js';

/**
 * Judges the learning curves of running trials. Trial i is compared with trials <= i - lag only, all of which have ended
 * before it began: the verdict depends on what was reported, never on when.
 */
export class PruningJudge {
  private readonly pruner: Pruner;
  private readonly state: StudyState;
  private readonly lag: number;

  constructor(pruner: Pruner, state: StudyState, lag: number) {
    this.pruner = pruner;
    this.state = state;
    this.lag = lag;
  }

  /** @param curve so far, not empty. @returns the outcome of a fold that is given up; undefined: it goes on. */
  verdict(trial: number, fold: number, curve: LearningCurve): FoldOutcome | undefined {
    const others: LearningCurve[] = [];
    for (let other = 0; other <= trial - this.lag; other++) {
      // Folds beyond the one that ended a trial may have run or not: that is a matter of workers.
      if (fold > this.state.ended(other)!.folds.length) continue;
      const known = this.state.curve(other, fold);
      if (known !== undefined) others.push(known);
    }
    if (!this.pruner.prunes(curve, others)) return undefined;
    const [step, value] = curve.at(-1)!;
    return { state: 'raced-out', reason: `behind at step ${step} with ${value} (search.pruning)`, curve: [...curve] };
  }
}
