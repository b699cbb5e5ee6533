import { dotRange, factorRows, rowStart, solveLower, solveUpper } from './cholesky.js';
import type { Hyperparameters } from './hyperparameters.js';
import { ARC_RADIUS, type InputLayout } from './input-layout.js';

const ROOT_5 = Math.sqrt(5);
/** Added to the diagonal, as a share of the amplitude, so that near-equal inputs keep the covariance positive definite. */
const JITTER = 1e-8;

/**
 * Posterior of a Gaussian process with zero mean, Rasmussen & Williams (2006), algorithm 2.1. Trials in flight take part
 * as believers (Ginsbourger, Le Riche & Carraro, "Kriging is well-suited to parallelize optimization", 2010): their values
 * are taken to be the posterior mean, which leaves the mean as it is and only lowers the variance around them.
 *
 * | symbol | shape | what |
 * |---|---|---|
 * | n, p | | observed and pending inputs |
 * | d | | coordinates of the unit cube |
 * | f | | Euclidean features: one of a `line`, two of an `arc` coordinate, scaled by the root of its scale |
 * | c | | `label` coordinates |
 */
export class GaussianProcess {
  /** Of the point last given to `predict`. */
  mean = 0;
  /** Of the function, without noise. */
  variance = 0;
  readonly observed: number;
  private readonly size: number;
  private readonly layout: InputLayout;
  private readonly hyperparameters: Hyperparameters;
  private readonly rootScales: Float64Array;
  private readonly featureCount: number;
  private readonly labelCount: number;
  /** (n + p) x f. */
  private readonly features: Float64Array;
  /** (n + p) x c; -1 where inactive. */
  private readonly labels: Float64Array;
  private readonly labelScales: Float64Array;
  private readonly factor: Float64Array;
  /** K⁻¹ y, length n. */
  private readonly weights: Float64Array;
  /** The posterior mean at the observed inputs, length n. */
  readonly fitted: Float64Array;
  /** Noise and jitter. */
  private addedToDiagonal = 0;
  private readonly pointFeatures: Float64Array;
  private readonly pointLabels: Float64Array;
  /** Of the point: covariances, their derivatives by the squared distance, L⁻¹ k and K⁻¹ k. */
  private readonly covariances: Float64Array;
  private readonly slopes: Float64Array;
  private readonly solved: Float64Array;

  /**
   * @param inputs n x d, NaN where inactive. @param targets length n. @param pending p x d.
   */
  constructor(
    layout: InputLayout,
    hyperparameters: Hyperparameters,
    inputs: Float64Array,
    targets: Float64Array,
    pending: Float64Array,
  ) {
    const dimensions = layout.kinds.length;
    this.layout = layout;
    this.hyperparameters = hyperparameters;
    this.rootScales = hyperparameters.scales.map(Math.sqrt);
    this.observed = targets.length;
    this.size = this.observed + (dimensions === 0 ? 0 : pending.length / dimensions);
    this.labelCount = layout.kinds.filter((kind) => kind === 'label').length;
    this.featureCount = layout.kinds.reduce((sum, kind) => sum + (kind === 'line' ? 1 : kind === 'arc' ? 2 : 0), 0);
    this.labelScales = hyperparameters.scales.filter((_, coordinate) => layout.kinds[coordinate] === 'label');
    this.features = new Float64Array(this.size * this.featureCount);
    this.labels = new Float64Array(this.size * this.labelCount);
    this.pointFeatures = new Float64Array(this.featureCount);
    this.pointLabels = new Float64Array(this.labelCount);
    this.covariances = new Float64Array(this.size);
    this.slopes = new Float64Array(this.size);
    this.solved = new Float64Array(this.size);
    for (let row = 0; row < this.size; row++) {
      const isObserved = row < this.observed;
      const start = (isObserved ? row : row - this.observed) * dimensions;
      this.readPoint((isObserved ? inputs : pending).subarray(start, start + dimensions));
      this.features.set(this.pointFeatures, row * this.featureCount);
      this.labels.set(this.pointLabels, row * this.labelCount);
    }
    this.factor = this.factorise();
    this.weights = targets.slice();
    solveLower(this.factor, this.observed, this.weights);
    solveUpper(this.factor, this.observed, this.weights);
    // (K - ν I) K⁻¹ y, ν being what stands on the diagonal beside the amplitude.
    const diagonal = this.addedToDiagonal;
    this.fitted = targets.map((target, i) => target - diagonal * this.weights[i]!);
  }

  /** Sets `mean` and `variance`. @param point length d, NaN where inactive. */
  predict(point: Float64Array): void {
    this.readPoint(point);
    this.covariancesTo(this.size);
    this.mean = dotRange(this.covariances, 0, this.weights, 0, this.observed);
    this.solved.set(this.covariances);
    solveLower(this.factor, this.size, this.solved);
    const explained = dotRange(this.solved, 0, this.solved, 0, this.size);
    const { amplitude } = this.hyperparameters;
    this.variance = Math.max(amplitude - explained, 1e-12 * amplitude);
  }

  /**
   * Derivatives at the point last given to `predict`, by each of its coordinates; 0 along a label or an inactive one.
   * @param point the same.
   */
  gradients(point: Float64Array, meanGradient: Float64Array, varianceGradient: Float64Array): void {
    solveUpper(this.factor, this.size, this.solved);
    let feature = 0;
    for (const [coordinate, kind] of this.layout.kinds.entries()) {
      let ofMean = 0;
      let ofVariance = 0;
      if (kind !== 'label' && !Number.isNaN(point[coordinate]!)) {
        const isArc = kind === 'arc';
        const value = this.pointFeatures[feature]!;
        const other = isArc ? this.pointFeatures[feature + 1]! : 0;
        // Derivatives of the point's features by its coordinate, twice, as of a square.
        const first = isArc ? (-2 * other) / ARC_RADIUS : 2 * this.rootScales[coordinate]!;
        const second = isArc ? (2 * value) / ARC_RADIUS : 0;
        for (let i = 0, place = feature; i < this.size; i++, place += this.featureCount) {
          let slope = first * (value - this.features[place]!);
          if (isArc) slope += second * (other - this.features[place + 1]!);
          slope *= this.slopes[i]!;
          if (i < this.observed) ofMean += slope * this.weights[i]!;
          ofVariance -= 2 * slope * this.solved[i]!;
        }
      }
      meanGradient[coordinate] = ofMean;
      varianceGradient[coordinate] = ofVariance;
      if (kind !== 'label') feature += kind === 'arc' ? 2 : 1;
    }
  }

  private factorise(): Float64Array {
    const { amplitude, noise } = this.hyperparameters;
    const factor = new Float64Array(rowStart(this.size));
    for (let jitter = JITTER * amplitude; ; jitter *= 100) {
      for (let row = 0; row < this.size; row++) {
        this.pointFeatures.set(this.features.subarray(row * this.featureCount, (row + 1) * this.featureCount));
        this.pointLabels.set(this.labels.subarray(row * this.labelCount, (row + 1) * this.labelCount));
        this.covariancesTo(row);
        factor.set(this.covariances.subarray(0, row), rowStart(row));
        factor[rowStart(row) + row] = amplitude + noise + jitter;
      }
      this.addedToDiagonal = noise + jitter;
      if (factorRows(factor, 0, this.size)) return factor;
    }
  }

  private readPoint(point: Float64Array): void {
    let feature = 0;
    let label = 0;
    const { kinds } = this.layout;
    for (let coordinate = 0; coordinate < kinds.length; coordinate++) {
      const value = point[coordinate]!;
      const inactive = Number.isNaN(value);
      const kind = kinds[coordinate]!;
      const rootScale = this.rootScales[coordinate]!;
      if (kind === 'label') {
        this.pointLabels[label++] = inactive ? -1 : value;
      } else if (kind === 'line') {
        this.pointFeatures[feature++] = rootScale * value;
      } else {
        const angle = value / ARC_RADIUS;
        this.pointFeatures[feature++] = inactive ? 0 : rootScale * ARC_RADIUS * Math.cos(angle);
        this.pointFeatures[feature++] = inactive ? 0 : rootScale * ARC_RADIUS * Math.sin(angle);
      }
    }
  }

  /** Covariances of the point with the first `count` inputs. */
  private covariancesTo(count: number): void {
    const { features, labels, pointFeatures, pointLabels, labelScales, featureCount, labelCount } = this;
    const { amplitude } = this.hyperparameters;
    for (let i = 0; i < count; i++) {
      let squared = 0;
      const start = i * featureCount;
      for (let f = 0; f < featureCount; f++) {
        const difference = pointFeatures[f]! - features[start + f]!;
        squared += difference * difference;
      }
      const labelStart = i * labelCount;
      for (let c = 0; c < labelCount; c++) {
        if (pointLabels[c]! !== labels[labelStart + c]!) squared += labelScales[c]!;
      }
      const scaled = ROOT_5 * Math.sqrt(squared);
      const decay = amplitude * Math.exp(-scaled);
      this.covariances[i] = (1 + scaled + (scaled * scaled) / 3) * decay;
      this.slopes[i] = (-5 / 6) * (1 + scaled) * decay;
    }
  }
}
