/**
 * What a boosted model says of each position so far, before the link: a start an output and, in single precision, what
 * the trees added to it. Single precision is that of gradients; beside the start it keeps its digits where targets are
 * far from 0.
 */
export class RawValues {
  /** Positions. */
  readonly rows: number;
  readonly outputs: number;
  private readonly starts: Float64Array;
  /** Output-major. */
  private readonly sums: Float32Array;

  /** @param starts one an output. */
  constructor(rows: number, starts: Float64Array) {
    this.rows = rows;
    this.outputs = starts.length;
    this.starts = starts;
    this.sums = new Float32Array(rows * starts.length);
  }

  value(position: number, output = 0): number {
    return this.starts[output]! + this.sums[output * this.rows + position]!;
  }

  add(position: number, output: number, step: number): void {
    this.sums[output * this.rows + position]! += step;
  }
}
