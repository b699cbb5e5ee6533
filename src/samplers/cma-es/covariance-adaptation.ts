import type { Random } from '../../random.js';
import { type StrategyParameters, strategyParameters } from './strategy-parameters.js';
import { symmetricEigen } from './symmetric-eigen.js';

/** Eigenvalues of C below this share of the largest are raised to it. */
const SMALLEST_EIGENVALUE_SHARE = 1e-14;

/**
 * The (mu/mu_w, lambda)-CMA-ES with active covariance update: N. Hansen, "The CMA evolution strategy: a tutorial",
 * arXiv:1604.00772, Figure 6. Points may come from elsewhere than from `sample`: their steps are shortened to a likely
 * length (N. Hansen, "Injecting external solutions into CMA-ES", arXiv:1110.4181, Eq. 4). A diagonal scaling stands
 * between the strategy and the coordinates: x = m + sigma A B D z (R. Hamano et al., "CMA-ES with margin", GECCO 2022).
 */
export class CovarianceAdaptation {
  readonly dimensions: number;
  readonly parameters: StrategyParameters;
  readonly mean: Float64Array;
  sigma: number;
  /** C, row-major. */
  readonly covariance: Float64Array;
  /** A: one factor a coordinate, all 1 until a margin asks for more. */
  readonly scaling: Float64Array;
  generations = 0;
  private readonly pathSigma: Float64Array;
  private readonly pathC: Float64Array;
  /** B and the diagonal of D: C = B D^2 B'. */
  private readonly axes: Float64Array;
  private readonly lengths: Float64Array;
  private readonly work: Float64Array;
  private readonly z: Float64Array;

  constructor(mean: Float64Array, sigma: number, populationSize: number) {
    const n = mean.length;
    this.dimensions = n;
    this.parameters = strategyParameters(n, populationSize);
    this.mean = mean.slice();
    this.sigma = sigma;
    this.covariance = identity(n);
    this.scaling = new Float64Array(n).fill(1);
    this.pathSigma = new Float64Array(n);
    this.pathC = new Float64Array(n);
    this.axes = identity(n);
    this.lengths = new Float64Array(n).fill(1);
    this.work = new Float64Array(n * n);
    this.z = new Float64Array(n);
  }

  /** Writes a point of N(m, (widening sigma)^2 A C A), Eqs. 38-40. */
  sample(random: Random, widening: number, out: Float64Array): void {
    const { dimensions: n, axes, lengths, z } = this;
    for (let j = 0; j < n; j++) z[j] = lengths[j]! * random.normal();
    for (let i = 0; i < n; i++) {
      let y = 0;
      for (let j = 0; j < n; j++) y += axes[i * n + j]! * z[j]!;
      out[i] = this.mean[i]! + widening * this.sigma * this.scaling[i]! * y;
    }
  }

  /** Standard deviation of a coordinate. */
  deviation(coordinate: number): number {
    return this.sigma * this.scaling[coordinate]! * Math.sqrt(this.covariance[coordinate * (this.dimensions + 1)]!);
  }

  /** Square root of the condition number of C. */
  get axisRatio(): number {
    return Math.max(...this.lengths) / Math.min(...this.lengths);
  }

  /** ||D^-1 B' A^-1 (x - m)|| / sigma: the length of the normal vector that `sample` would make a point from. */
  distance(point: Float64Array): number {
    const step = new Float64Array(this.dimensions);
    for (let i = 0; i < step.length; i++) step[i] = (point[i]! - this.mean[i]!) / (this.sigma * this.scaling[i]!);
    return this.whitenedNorm(step);
  }

  /** One generation, Eqs. 41-47. @param points lambda of them, best first. */
  update(points: readonly Float64Array[]): void {
    const { dimensions: n, parameters: p, covariance } = this;
    const steps = points.map((point) => this.likelyStep(point));
    this.generations++;
    const shift = new Float64Array(n);
    for (let k = 0; k < p.parents; k++) for (let i = 0; i < n; i++) shift[i]! += p.weights[k]! * steps[k]![i]!;
    for (let i = 0; i < n; i++) this.mean[i]! += this.sigma * this.scaling[i]! * shift[i]!;

    const whitened = this.whiten(shift);
    const gainSigma = Math.sqrt(p.cSigma * (2 - p.cSigma) * p.effectiveParents);
    for (let i = 0; i < n; i++) this.pathSigma[i] = (1 - p.cSigma) * this.pathSigma[i]! + gainSigma * whitened[i]!;
    const pathLength = norm(this.pathSigma);
    const expected = Math.sqrt(1 - (1 - p.cSigma) ** (2 * (this.generations + 1)));
    const steady = pathLength / expected < (1.4 + 2 / (n + 1)) * p.expectedNorm;
    const gainC = steady ? Math.sqrt(p.cc * (2 - p.cc) * p.effectiveParents) : 0;
    for (let i = 0; i < n; i++) this.pathC[i] = (1 - p.cc) * this.pathC[i]! + gainC * shift[i]!;

    let weightSum = 0;
    for (const weight of p.weights) weightSum += weight;
    const lost = steady ? 0 : p.c1 * p.cc * (2 - p.cc);
    const kept = 1 + lost - p.c1 - p.cMu * weightSum;
    for (let i = 0; i < n * n; i++) covariance[i]! *= kept;
    addOuter(covariance, this.pathC, p.c1);
    for (let k = 0; k < steps.length; k++) {
      const weight = p.weights[k]!;
      // Eq. 46: a bad step counts by its direction only.
      const scale = weight >= 0 ? 1 : n / Math.max(this.whitenedNorm(steps[k]!) ** 2, 1e-8);
      addOuter(covariance, steps[k]!, p.cMu * weight * scale);
    }
    this.sigma *= Math.exp(Math.min(1, (p.cSigma / p.dSigma) * (pathLength / p.expectedNorm - 1)));
    this.decompose();
  }

  /** A^-1 (x - m) / sigma, no longer than a sampled one would likely be. */
  private likelyStep(point: Float64Array): Float64Array {
    const n = this.dimensions;
    const step = new Float64Array(n);
    for (let i = 0; i < n; i++) step[i] = (point[i]! - this.mean[i]!) / (this.sigma * this.scaling[i]!);
    const limit = Math.sqrt(n) + (2 * n) / (n + 2);
    const length = this.whitenedNorm(step);
    if (length > limit) for (let i = 0; i < n; i++) step[i]! *= limit / length;
    return step;
  }

  private decompose(): void {
    const { dimensions: n, work, lengths } = this;
    work.set(this.covariance);
    symmetricEigen(work, n, this.axes);
    let largest = 0;
    for (let j = 0; j < n; j++) largest = Math.max(largest, work[j * (n + 1)]!);
    for (let j = 0; j < n; j++) {
      lengths[j] = Math.sqrt(Math.max(work[j * (n + 1)]!, SMALLEST_EIGENVALUE_SHARE * largest, Number.MIN_VALUE));
    }
  }

  /** C^(-1/2) y = B D^-1 B' y. */
  private whiten(y: Float64Array): Float64Array {
    const { dimensions: n, axes } = this;
    this.whitenedNorm(y);
    const out = new Float64Array(n);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) out[i]! += axes[i * n + j]! * this.z[j]!;
    return out;
  }

  /** ||C^(-1/2) y||; leaves D^-1 B' y in `z`. */
  private whitenedNorm(y: Float64Array): number {
    const { dimensions: n, axes, lengths, z } = this;
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += axes[i * n + j]! * y[i]!;
      z[j] = sum / lengths[j]!;
    }
    return norm(z);
  }
}

function identity(n: number): Float64Array {
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) matrix[i * (n + 1)] = 1;
  return matrix;
}

function norm(vector: Float64Array): number {
  let squares = 0;
  for (const value of vector) squares += value * value;
  return Math.sqrt(squares);
}

function addOuter(matrix: Float64Array, vector: Float64Array, factor: number): void {
  const n = vector.length;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) matrix[i * n + j]! += factor * vector[i]! * vector[j]!;
  }
}
