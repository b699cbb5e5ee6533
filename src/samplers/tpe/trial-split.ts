import type { EncodedTrials } from './encoded-trials.js';

const MOST_GOOD_TRIALS = 25;

/**
 * How many of n trials count as good: half the square root of n, as few as J. Bergstra et al. (NIPS 2011) and Hyperopt
 * take within a factor of two; S. Watanabe (arXiv:2304.11127, Section 3.1) names the rule `sqrt`.
 */
export function goodCount(trials: number): number {
  return Math.min(Math.ceil(0.5 * Math.sqrt(trials)), MOST_GOOD_TRIALS);
}

/** The trials of a group of parameters, split into the best few and all others. Buffers are reused. */
export class TrialSplit {
  /** Rows of the good trials, best first, of equal ones the earlier first; then promoted ones. All have a score. */
  good = new Int32Array(MOST_GOOD_TRIALS + 1);
  /** Losses of those that are not promoted. */
  readonly goodLosses = new Float64Array(MOST_GOOD_TRIALS + 1);
  goodTrials = 0;
  /** Loss of the best trial that is not good; Infinity when none of them has a score. */
  threshold = Number.POSITIVE_INFINITY;
  /** Rows of the others, those in flight among them, in trial order. */
  bad = new Int32Array(0);
  badTrials = 0;

  /** @param coordinate NaN in the rows of trials that lack the group; undefined where every trial has it. */
  split(trials: EncodedTrials, coordinate: number | undefined): void {
    const { ended, losses } = trials;
    const rows = ended + trials.pending;
    if (this.bad.length < rows) this.bad = new Int32Array(2 * rows);
    let active = 0;
    for (let row = 0; row < ended; row++) if (isActive(trials, row, coordinate)) active++;
    const kept = goodCount(active) + 1;
    let found = 0;
    for (let row = 0; row < ended; row++) {
      const loss = losses[row]!;
      if (loss === Number.POSITIVE_INFINITY || !isActive(trials, row, coordinate)) continue;
      if (found === kept && loss >= this.goodLosses[found - 1]!) continue;
      if (found < kept) found++;
      this.insert(row, loss, found - 1);
    }
    this.goodTrials = Math.min(found, kept - 1);
    this.threshold = found === kept ? this.goodLosses[kept - 1]! : Number.POSITIVE_INFINITY;
    this.badTrials = 0;
    for (let row = 0; row < rows; row++) {
      if (isActive(trials, row, coordinate) && !this.isGood(row)) this.bad[this.badTrials++] = row;
    }
  }

  /** Moves those of these rows that are among the bad trials behind the good ones. */
  promote(rows: readonly number[]): void {
    for (const row of rows) {
      const place = this.bad.subarray(0, this.badTrials).indexOf(row);
      if (place === -1) continue;
      this.bad.copyWithin(place, place + 1, this.badTrials--);
      if (this.good.length === this.goodTrials) this.good = grown(this.good);
      this.good[this.goodTrials++] = row;
    }
  }

  /** @param last the place that may be overwritten. */
  private insert(row: number, loss: number, last: number): void {
    let place = last;
    for (; place > 0 && this.goodLosses[place - 1]! > loss; place--) {
      this.good[place] = this.good[place - 1]!;
      this.goodLosses[place] = this.goodLosses[place - 1]!;
    }
    this.good[place] = row;
    this.goodLosses[place] = loss;
  }

  private isGood(row: number): boolean {
    for (let k = 0; k < this.goodTrials; k++) if (this.good[k] === row) return true;
    return false;
  }
}

function isActive(trials: EncodedTrials, row: number, coordinate: number | undefined): boolean {
  return coordinate === undefined || !Number.isNaN(trials.units[row * trials.dimensions + coordinate]!);
}

function grown(rows: Int32Array): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(2 * rows.length);
  copy.set(rows);
  return copy;
}
