import type { Matrix } from '../trainer.js';
import { type ColumnPasses, ScalarColumnPasses } from './column-passes.js';
import { addResidualProducts, scoresOf } from './matrix-products.js';
import { Sigmoids } from './sigmoids.js';
import { scoresOfOne } from './single-output-scores.js';

/**
 * The passes over the rows of a fit: those that standardise its columns, then those over the rows Z (rows x kept,
 * row-major) that `standardize` leaves. Unknowns v are outputs x kept, row-major, then one intercept an output.
 */
export interface LogisticProducts extends ColumnPasses {
  /** Of the rows of a block: row-major, `stride` a row; what lies beyond the outputs is not to be touched. */
  readonly scores: Float64Array;
  readonly stride: number;
  /** With one output exp(-|score|) of each score, else empty. */
  readonly exponentials: Float64Array;
  /** With one output 1 / (1 + exp(-score)) of each score, else empty. */
  readonly sigmoids: Float64Array;
  /**
   * Sum of share * z z' over rows 0, step, 2 step …; of `mostGramColumns` kept columns at the most.
   * @returns kept x kept, row-major; only the upper triangle is set.
   */
  gram(step: number): Float64Array;
  /** Block by block, sets `scores` to [Z, 1] v' and has them replaced. @param gradient set to scores' [Z, 1], as v. */
  differentiate(v: Float64Array, gradient: Float64Array, replaceScores: ReplaceScores): void;
}

/** More columns than this would make a gram of more numbers than an eighth of the rows' own. */
export function mostGramColumns(rows: number): number {
  return rows >> 3;
}

/** Replaces the scores of rows `from` to `to`, which start at 0 in `scores`. */
export type ReplaceScores = (from: number, to: number) => void;

/** So much of Z and its scores is read again from the processor's cache. A multiple of eight rows. */
export function rowsInBlock(columns: number, stride: number): number {
  return 8 * Math.max(1, Math.floor(BLOCK_VALUES / (8 * (columns + stride))));
}

const BLOCK_VALUES = 16_384;

/** The reference. */
export class ScalarLogisticProducts extends ScalarColumnPasses implements LogisticProducts {
  readonly scores: Float64Array;
  readonly stride: number;
  readonly exponentials: Float64Array;
  readonly sigmoids: Float64Array;
  private readonly sigmoid = new Sigmoids();
  private readonly blockRows: number;
  private data: Float64Array = new Float64Array(0);

  constructor(features: Matrix, shares: Float64Array, outputs: number) {
    super(features, shares);
    this.stride = outputs;
    this.blockRows = Math.min(features.rows, rowsInBlock(features.columns, outputs));
    this.scores = new Float64Array(this.blockRows * outputs);
    this.exponentials = new Float64Array(outputs === 1 ? this.blockRows : 0);
    this.sigmoids = new Float64Array(this.exponentials.length);
  }

  override standardize(means: Float64Array, scales: Float64Array, kept: Int32Array): Float64Array {
    this.data = super.standardize(means, scales, kept);
    return this.data;
  }

  gram(step: number): Float64Array {
    const { data, shares } = this;
    const columns = data.length / shares.length;
    const gram = new Float64Array(columns * columns);
    const width = step * columns;
    let i = 0;
    let a = 0;
    for (; i + 3 * step < shares.length; i += 4 * step, a += 4 * width) {
      const b = a + width;
      const c = b + width;
      const d = c + width;
      const shareA = shares[i]!;
      const shareB = shares[i + step]!;
      const shareC = shares[i + 2 * step]!;
      const shareD = shares[i + 3 * step]!;
      for (let j = 0, to = 0; j < columns; j++, to += columns) {
        const aj = shareA * data[a + j]!;
        const bj = shareB * data[b + j]!;
        const cj = shareC * data[c + j]!;
        const dj = shareD * data[d + j]!;
        for (let k = j; k < columns; k++) {
          gram[to + k]! += aj * data[a + k]! + bj * data[b + k]! + (cj * data[c + k]! + dj * data[d + k]!);
        }
      }
    }
    for (; i < shares.length; i += step, a += width) {
      for (let j = 0, to = 0; j < columns; j++, to += columns) {
        const aj = shares[i]! * data[a + j]!;
        for (let k = j; k < columns; k++) gram[to + k]! += aj * data[a + k]!;
      }
    }
    return gram;
  }

  differentiate(v: Float64Array, gradient: Float64Array, replaceScores: ReplaceScores): void {
    const { scores, stride: outputs, blockRows } = this;
    const rows = this.shares.length;
    const columns = v.length / outputs - 1;
    gradient.fill(0);
    for (let from = 0; from < rows; from += blockRows) {
      const count = Math.min(blockRows, rows - from);
      const block = this.data.subarray(from * columns, (from + count) * columns);
      if (outputs === 1) {
        scoresOfOne(block, count, columns, v, scores);
        this.sigmoid.fill(scores, count, this.exponentials, this.sigmoids);
      } else scoresOf(block, count, columns, v, outputs, scores);
      replaceScores(from, from + count);
      addResidualProducts(block, count, columns, scores, outputs, gradient);
    }
  }
}
