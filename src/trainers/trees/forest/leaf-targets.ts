import { powerOfTwoBelow, type TreeTrainingSet } from '../bins/tree-training-set.js';
import type { ForestRows } from './forest-rows.js';

/** Values looked at to find the middle of the targets. */
const MIDDLE_VALUES = 1001;

/**
 * The targets of a regression forest as the dataset keeps them: splits are searched for in single precision, leaves are
 * told apart and get their means in double.
 */
export class LeafTargets {
  /** A power of two: what values of leaves are in units of. */
  readonly scale: number;
  private readonly inverse: number;
  private readonly target: Float64Array;
  private readonly rowOf: Int32Array;
  private readonly rows: ForestRows;

  /** @param rows are given their targets. */
  constructor({ target, rows: rowOf }: TreeTrainingSet, rows: ForestRows) {
    this.target = target;
    this.rowOf = rowOf;
    this.rows = rows;
    let greatest = 0;
    for (let i = 0; i < rowOf.length; i++) greatest = Math.max(greatest, Math.abs(target[rowOf[i]!]!));
    // Within [-2, 2] (but for the very greatest) squares cannot overflow; around a middle that outliers do not move, the other targets keep their digits.
    this.scale = powerOfTwoBelow(greatest);
    this.inverse = 1 / this.scale;
    const middle = this.middle();
    for (let row = 0; row < rowOf.length; row++) rows.moments[2 * row] = this.at(row) - middle;
  }

  /** Whether the targets of a node differ. */
  differ(start: number, end: number): boolean {
    const { places } = this.rows;
    const first = this.at(places[start]!);
    for (let i = start + 1; i < end; i++) if (this.at(places[i]!) !== first) return true;
    return false;
  }

  /** Weighted mean of a node, in units of `scale`. @param weight of its rows. */
  mean(start: number, end: number, weight: number): number {
    const { places, moments } = this.rows;
    const first = this.at(places[start]!);
    let sum = 0;
    for (let i = start + 1; i < end; i++) {
      const row = places[i]!;
      sum += moments[2 * row + 1]! * (this.at(row) - first);
    }
    return first + sum / weight;
  }

  private at(row: number): number {
    return this.target[this.rowOf[row]!]! * this.inverse;
  }

  /** The median of an even spread of rows. */
  private middle(): number {
    const count = Math.min(MIDDLE_VALUES, this.rowOf.length);
    const stride = this.rowOf.length / count;
    return Float64Array.from({ length: count }, (_, i) => this.at(Math.floor(i * stride))).sort()[count >> 1]!;
  }
}
