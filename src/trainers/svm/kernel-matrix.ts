import { type Kernel, type Points, selectPoints } from './kernel.js';
import type { RowEngine } from './row-engine.js';

/** Keeps sums of kernel values times coefficients finite. */
const KERNEL_LIMIT = 1e30;

/**
 * Kernel values between one point and the columns: all of a set of points, or some of them. Of use until the engine is
 * given other points.
 */
export class KernelMatrix {
  readonly points: Points;
  private readonly kernel: Kernel;
  private readonly engine: RowEngine;
  private width: number;

  constructor(points: Points, kernel: Kernel, engine: RowEngine) {
    this.points = points;
    this.width = points.rows;
    this.kernel = kernel;
    this.engine = engine;
    engine.load(points);
  }

  /** From now on the columns are these points, or all. */
  restrict(columns: Int32Array | undefined): void {
    this.engine.load(columns === undefined ? this.points : selectPoints(this.points, columns));
    this.width = columns?.length ?? this.points.rows;
  }

  /** out[j] = K(point, column j). @param out at least as long as there are columns. */
  against(point: Float32Array, out: Float32Array): void {
    const { kernel, width } = this;
    if (kernel.kind === 'rbf') {
      this.engine.gaussians(point, out);
      return;
    }
    this.engine.dots(point, out);
    if (kernel.kind === 'linear') return;
    for (let j = 0; j < width; j++) out[j] = ofDot(kernel, out[j]!);
  }

  /** out[j] = K(points[i], column j). */
  row(i: number, out: Float32Array): void {
    const { data, columns } = this.points;
    this.against(data.subarray(i * columns, (i + 1) * columns), out);
  }

  /** K(points[i], points[i]) for every i. */
  diagonal(): Float64Array {
    const { data, rows, columns } = this.points;
    const result = new Float64Array(rows).fill(1);
    if (this.kernel.kind === 'rbf') return result;
    for (let i = 0, at = 0; i < rows; i++) {
      let dot = 0;
      for (let c = 0; c < columns; c++, at++) dot += data[at]! ** 2;
      result[i] = ofDot(this.kernel, dot);
    }
    return result;
  }
}

/** K(x, z) of all kernels but rbf. @param dot x . z */
function ofDot({ kind, coef0, degree }: Kernel, dot: number): number {
  if (kind === 'linear') return dot;
  if (kind === 'sigmoid') return Math.tanh(dot + coef0);
  return Math.min(KERNEL_LIMIT, Math.max(-KERNEL_LIMIT, (dot + coef0) ** degree));
}
