/**
 * The target of each position of a fit, read where the dataset keeps it: at many rows a copy would take as much memory
 * as the raw values do.
 */
export class RowTargets {
  private readonly values: Float64Array;
  private readonly rowOf: Int32Array;
  private readonly divisor: number;
  private readonly outputOf: Float64Array;

  /**
   * @param values a dataset row. @param rowOf dataset row of each position.
   * @param divisor regression: what targets are divided by. @param outputOf classification: the output of each class.
   */
  constructor(values: Float64Array, rowOf: Int32Array, divisor: number, outputOf: Float64Array) {
    this.values = values;
    this.rowOf = rowOf;
    this.divisor = divisor;
    this.outputOf = outputOf;
  }

  /** Regression: the target of a position. */
  number(position: number): number {
    return this.values[this.rowOf[position]!]! / this.divisor;
  }

  /** Classification: the output that the class of a position has. */
  output(position: number): number {
    return this.outputOf[this.values[this.rowOf[position]!]!]!;
  }
}
