import { dotRange, factorRows, invertFactored, logDeterminant, rowStart, solveLower, solveUpper } from './cholesky.js';

/** Log-normal priors, by the logarithms of the hyperparameters in the order of `LogPosterior`. */
export interface HyperparameterPrior {
  readonly means: Float64Array;
  readonly deviations: Float64Array;
}

const ROOT_5 = Math.sqrt(5);

/**
 * The log posterior density of a Gaussian process's hyperparameters, up to a constant, and its gradient, by the logarithms
 * of: the inverse squared length scale of each coordinate, the amplitude (variance of the function), the variance of the
 * noise. Likelihood: Rasmussen & Williams (2006), Eq. 2.30; gradient: Eq. 5.9.
 */
export class LogPosterior {
  readonly rows: number;
  readonly dimensions: number;
  /** See `pairDistances`. */
  private readonly distances: Float64Array;
  private readonly targets: Float64Array;
  private readonly prior: HyperparameterPrior;
  private readonly scales: Float64Array;
  private readonly factor: Float64Array;
  /** Of each pair: the derivative of its covariance by its squared distance. */
  private readonly slopes: Float64Array;
  private readonly inverse: Float64Array;
  private readonly scratch: Float64Array;
  private readonly weights: Float64Array;

  constructor(distances: Float64Array, dimensions: number, targets: Float64Array, prior: HyperparameterPrior) {
    const rows = targets.length;
    this.rows = rows;
    this.dimensions = dimensions;
    this.distances = distances;
    this.targets = targets;
    this.prior = prior;
    this.scales = new Float64Array(dimensions);
    this.factor = new Float64Array(rowStart(rows));
    this.slopes = new Float64Array((rows * (rows - 1)) / 2);
    this.inverse = new Float64Array(rowStart(rows));
    this.scratch = new Float64Array(rows * rows);
    this.weights = new Float64Array(rows);
  }

  /** @returns the log marginal likelihood alone; undefined where the covariance is not positive definite. */
  logLikelihood(logarithms: Float64Array): number | undefined {
    if (!this.factorise(logarithms)) return undefined;
    this.weights.set(this.targets);
    solveLower(this.factor, this.rows, this.weights);
    const fit = dotRange(this.weights, 0, this.weights, 0, this.rows);
    return -0.5 * (fit + logDeterminant(this.factor, this.rows) + this.rows * Math.log(2 * Math.PI));
  }

  /** The negative log posterior, to be minimised; Infinity where the covariance is not positive definite. */
  evaluate(logarithms: Float64Array, gradient: Float64Array): number {
    const likelihood = this.logLikelihood(logarithms);
    if (likelihood === undefined) return Number.POSITIVE_INFINITY;
    this.likelihoodGradient(logarithms, gradient);
    let penalty = 0;
    for (let i = 0; i < logarithms.length; i++) {
      const deviation = (logarithms[i]! - this.prior.means[i]!) / this.prior.deviations[i]!;
      penalty += 0.5 * deviation * deviation;
      gradient[i] = -gradient[i]! + deviation / this.prior.deviations[i]!;
    }
    return penalty - likelihood;
  }

  /** Needs the factor and L^-1 y of `logLikelihood`. */
  private likelihoodGradient(logarithms: Float64Array, gradient: Float64Array): void {
    const { rows, dimensions, distances, slopes, inverse, weights } = this;
    solveUpper(this.factor, rows, weights);
    invertFactored(this.factor, rows, this.scratch, inverse);
    gradient.fill(0);
    let trace = 0;
    for (let i = 0, pair = 0; i < rows; i++) {
      const row = rowStart(i);
      const weight = weights[i]!;
      for (let j = 0; j < i; j++, pair++) {
        // Both halves of the symmetric matrix, times the half of Eq. 5.9.
        const factor = (weight * weights[j]! - inverse[row + j]!) * slopes[pair]!;
        const place = pair * dimensions;
        for (let d = 0; d < dimensions; d++) gradient[d]! += factor * distances[place + d]!;
      }
      trace += weight * weight - inverse[row + i]!;
    }
    for (let d = 0; d < dimensions; d++) gradient[d]! *= this.scales[d]!;
    // K = A + noise I gives tr((αα' - K⁻¹) A) = α'y - n - noise tr(αα' - K⁻¹).
    const noise = Math.exp(logarithms[dimensions + 1]!);
    const all = dotRange(weights, 0, this.targets, 0, rows) - rows;
    gradient[dimensions] = 0.5 * (all - noise * trace);
    gradient[dimensions + 1] = 0.5 * noise * trace;
  }

  private factorise(logarithms: Float64Array): boolean {
    const { rows, dimensions, distances, scales, slopes, factor } = this;
    for (let d = 0; d < dimensions; d++) scales[d] = Math.exp(logarithms[d]!);
    const amplitude = Math.exp(logarithms[dimensions]!);
    const noise = Math.exp(logarithms[dimensions + 1]!);
    for (let i = 0, pair = 0; i < rows; i++) {
      const row = rowStart(i);
      for (let j = 0; j < i; j++, pair++) {
        const place = pair * dimensions;
        let squared = 0;
        for (let d = 0; d < dimensions; d++) squared += scales[d]! * distances[place + d]!;
        const scaled = ROOT_5 * Math.sqrt(squared);
        const decay = amplitude * Math.exp(-scaled);
        factor[row + j] = (1 + scaled + (scaled * scaled) / 3) * decay;
        slopes[pair] = (-5 / 6) * (1 + scaled) * decay;
      }
      factor[row + i] = amplitude + noise;
    }
    return factorRows(factor, 0, rows);
  }
}
