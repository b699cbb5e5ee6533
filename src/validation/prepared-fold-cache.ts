import type { Dataset, FeatureColumn } from '../data/dataset.js';
import type { Preprocessing } from '../data/preprocessing-options.js';
import { type PreparedFold, prepareFold } from './prepared-fold.js';
import type { Fold } from './splitter.js';

export interface CacheLimits {
  /** What all folds kept may take together. A fold that takes more by itself is not kept. */
  readonly bytes: number;
  /** After so many calls without it a fold may give way to another. */
  readonly idleCalls: number;
}

interface KeptFold {
  readonly prepared: PreparedFold;
  lastCall: number;
}

/**
 * The folds of a study after preprocessing: trials differ in few ways of preprocessing and in many parameters. What comes
 * out never depends on what is kept.
 *
 * What is kept stays while it is used at least every `idleCalls` calls, and a new fold is kept only where there is room
 * beside that. Trials ask for their folds in turn: were the least recently used to give way, as is usual, folds that do
 * not all fit would drive each other out just before they are asked for again.
 */
export class PreparedFoldCache {
  private readonly dataset: Dataset;
  private readonly limits: CacheLimits;
  /** Least recently used first. */
  private readonly kept = new Map<string, KeptFold>();
  private keptBytes = 0;
  private calls = 0;

  constructor(dataset: Dataset, limits: CacheLimits) {
    this.dataset = dataset;
    this.limits = limits;
  }

  /** @param number by which the fold is remembered, one for each. */
  get(number: number, fold: Fold, preprocessing: Preprocessing): PreparedFold {
    this.calls++;
    const key = `${number} ${preprocessing.impute} ${preprocessing.encode} ${preprocessing.scale}`;
    const known = this.kept.get(key);
    if (known !== undefined) {
      this.kept.delete(key);
      this.kept.set(key, known);
      known.lastCall = this.calls;
      return known.prepared;
    }
    this.dropIdle();
    const prepared = prepareFold(this.dataset, fold, preprocessing);
    if (this.keptBytes + prepared.bytes <= this.limits.bytes) {
      this.kept.set(key, { prepared, lastCall: this.calls });
      this.keptBytes += prepared.bytes;
    }
    return prepared;
  }

  private dropIdle(): void {
    for (const [key, { prepared, lastCall }] of this.kept) {
      if (this.calls - lastCall <= this.limits.idleCalls) return;
      this.kept.delete(key);
      this.keptBytes -= prepared.bytes;
    }
  }
}

/** What one fold takes after preprocessing, at the most: its two parts are all rows, every category has a column. */
export function mostPreparedBytes({ rows, features }: Dataset): number {
  const columns = features.reduce((sum, column) => sum + columnsOf(column), 0);
  // Besides the features there are targets, and weights of the training rows.
  return rows * (columns + 2) * Float64Array.BYTES_PER_ELEMENT;
}

/** A missing category counts as one. */
function columnsOf(column: FeatureColumn): number {
  return column.kind === 'categorical' ? column.categories.length + 1 : 1;
}
