import type { Matrix } from '../trainer.js';

export const KERNELS = ['linear', 'rbf', 'poly', 'sigmoid'] as const;
export type KernelKind = (typeof KERNELS)[number];

/** K(x, z), with scikit-learn's names: gamma is a number by now. */
export interface Kernel {
  readonly kind: KernelKind;
  readonly gamma: number;
  readonly degree: number;
  readonly coef0: number;
}

/**
 * How raw features become the single-precision points that kernels are evaluated on: (x - centre) * scale, where scale
 * is the root of gamma. The dual problem does not change when linear or rbf points are moved (the coefficients sum to
 * zero, distances stay), and centred points keep their digits in single precision.
 */
export interface PointTransform {
  readonly centre: Float64Array;
  readonly scale: number;
}

/** Keeps squares and their sums inside single precision, whatever the features are. */
const POINT_LIMIT = 1e15;

/** Rows x columns, row-major, single precision. */
export interface Points {
  readonly data: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

/** `scale`: 1 / (columns * variance of all entries), 1 when constant; `auto`: 1 / columns. */
export function resolveGamma(gamma: number | 'scale' | 'auto', features: Matrix): number {
  if (typeof gamma === 'number') return gamma;
  const columns = Math.max(1, features.columns);
  if (gamma === 'auto') return 1 / columns;
  const { data } = features;
  let mean = 0;
  for (let i = 0; i < data.length; i++) mean += data[i]! / data.length;
  let variance = 0;
  for (let i = 0; i < data.length; i++) variance += (data[i]! - mean) ** 2 / data.length;
  const result = 1 / (columns * variance);
  return variance > 0 && Number.isFinite(result) ? result : 1;
}

export function fitPointTransform(features: Matrix, kernel: Kernel): PointTransform {
  const { data, rows, columns } = features;
  const centre = new Float64Array(columns);
  if (kernel.kind === 'linear' || kernel.kind === 'rbf') {
    for (let i = 0, at = 0; i < rows; i++) for (let c = 0; c < columns; c++, at++) centre[c]! += data[at]! / rows;
  }
  return { centre, scale: kernel.kind === 'linear' ? 1 : Math.sqrt(kernel.gamma) };
}

export function toPoints(features: Matrix, transform: PointTransform): Points {
  const { data, rows, columns } = features;
  const { centre, scale } = transform;
  const points = new Float32Array(rows * columns);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let c = 0; c < columns; c++, at++) {
      points[at] = Math.min(POINT_LIMIT, Math.max(-POINT_LIMIT, (data[at]! - centre[c]!) * scale));
    }
  }
  return { data: points, rows, columns };
}

/** The given rows of points, in that order. */
export function selectPoints(points: Points, rows: ArrayLike<number>): Points {
  const { data, columns } = points;
  const selected = new Float32Array(rows.length * columns);
  for (let i = 0; i < rows.length; i++) {
    const from = rows[i]! * columns;
    for (let c = 0; c < columns; c++) selected[i * columns + c] = data[from + c]!;
  }
  return { data: selected, rows: rows.length, columns };
}
