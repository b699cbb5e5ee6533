import type { Matrix } from '../trainer.js';

/** The passes over the rows of a table that standardising its columns takes; arguments and results are one a column. */
export interface ColumnPasses {
  locate(): ColumnLocations;
  /** Means of ((value - mean) * scale)^2, each row counted by its share. */
  variances(means: Float64Array, scales: Float64Array): Float64Array;
  /** @returns (value - mean) * scale, of the columns kept only: rows x kept, row-major. */
  standardize(means: Float64Array, scales: Float64Array, kept: Int32Array): Float64Array;
}

/** Of each column. */
export interface ColumnLocations {
  /** Each row counted by its share. */
  readonly means: Float64Array;
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
}

/** Leaves the features as they are. */
export class ScalarColumnPasses implements ColumnPasses {
  private readonly features: Matrix;
  protected readonly shares: Float64Array;

  /** @param shares of each row in the total weight. */
  constructor(features: Matrix, shares: Float64Array) {
    this.features = features;
    this.shares = shares;
  }

  locate(): ColumnLocations {
    const { data, rows, columns } = this.features;
    const { shares } = this;
    const means = new Float64Array(columns);
    const lowest = data.slice(0, columns);
    const highest = data.slice(0, columns);
    for (let i = 0; i < rows; i++) {
      const share = shares[i]!;
      const offset = i * columns;
      for (let j = 0; j < columns; j++) {
        const value = data[offset + j]!;
        means[j]! += share * value;
        if (value < lowest[j]!) lowest[j] = value;
        if (value > highest[j]!) highest[j] = value;
      }
    }
    return { means, lowest, highest };
  }

  variances(means: Float64Array, scales: Float64Array): Float64Array {
    const { data, rows, columns } = this.features;
    const { shares } = this;
    const variances = new Float64Array(columns);
    for (let i = 0; i < rows; i++) {
      const share = shares[i]!;
      const offset = i * columns;
      for (let j = 0; j < columns; j++) {
        const scaled = (data[offset + j]! - means[j]!) * scales[j]!;
        variances[j]! += share * scaled * scaled;
      }
    }
    return variances;
  }

  standardize(means: Float64Array, scales: Float64Array, kept: Int32Array): Float64Array {
    const { data, rows, columns } = this.features;
    const standardized = new Float64Array(rows * kept.length);
    for (let i = 0, to = 0; i < rows; i++) {
      const offset = i * columns;
      for (let k = 0; k < kept.length; k++, to++) {
        const j = kept[k]!;
        standardized[to] = (data[offset + j]! - means[j]!) * scales[j]!;
      }
    }
    return standardized;
  }
}
