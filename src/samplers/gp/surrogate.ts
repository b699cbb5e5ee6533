import type { Space } from '../../space/space.js';
import type { EndedTrial, Goal, Params } from '../../trial.js';
import { GaussianProcess } from './gaussian-process.js';
import { createPrior, type Fit, fitHyperparameters, startingPoint } from './hyperparameters.js';
import { createInputLayout, type InputLayout, pairDistances } from './input-layout.js';
import { type Observations, observe, selectRows, standardise } from './observations.js';
import { fitExponent, logJacobian, yeoJohnson } from './yeo-johnson.js';

/** Observations that the hyperparameters are fitted to, and that the posterior rests on, at the most. */
const FIT_ROWS = 150;
const MODEL_ROWS = 250;
/** Up to this many observations every one is followed by a fit, then a growth by this factor is. */
const ALWAYS_REFIT = 20;
const REFIT_GROWTH = 1.06;
/** So few values do not tell a skewed distribution from a straight one. */
const FEWEST_TO_WARP = 10;
/** Length scales to start from, in a space of one coordinate. With many observations one start finds the mode. */
const LENGTHSCALES = [0.3, 1.5];
const FEW_ROWS = 40;

/** A model of the objective, to be minimised. */
export interface Model {
  readonly process: GaussianProcess;
  /** The lowest posterior mean over what was observed and what is in flight. */
  readonly incumbent: number;
  /** rows x coordinates; NaN where inactive. */
  readonly inputs: Float64Array;
  /** As the model sees them: standardised, warped. */
  readonly targets: Float64Array;
  /** Rows of `inputs`, the best first. */
  readonly ranking: Int32Array;
}

/** Values are warped where that raises the marginal likelihood, the change of variables counted in. */
interface WarpedFit {
  readonly fit: Fit;
  /** Of Yeo-Johnson; 1 leaves the values as they are. */
  readonly exponent: number;
}

/** Builds the Gaussian process that trials stand for; keeps the last fit, which is a function of those trials alone. */
export class Surrogate {
  readonly layout: InputLayout;
  private readonly space: Space;
  private readonly goal: Goal;
  private cached: { readonly trials: readonly EndedTrial[]; readonly fit: WarpedFit } | undefined;

  constructor(space: Space, goal: Goal) {
    this.space = space;
    this.goal = goal;
    this.layout = createInputLayout(space);
  }

  /**
   * @param ended in trial order. @param inFlight configurations whose results are not known.
   * @returns undefined when there is nothing to learn from: no trial, or all of them equal.
   */
  build(ended: readonly EndedTrial[], inFlight: readonly Params[]): Model | undefined {
    const observations = observe(this.space, this.goal, ended);
    if (observations.values.every((value) => value === observations.values[0])) return undefined;
    const { fit, exponent } = this.fitFor(ended);
    const { inputs, values } = this.reduce(observations, MODEL_ROWS);
    const targets = warp(values, exponent);
    const dimensions = this.space.dimensions.length;
    const pending = new Float64Array(inFlight.length * dimensions);
    for (const [row, params] of inFlight.entries()) pending.set(this.space.encode(params), row * dimensions);
    const process = new GaussianProcess(this.layout, fit.hyperparameters, inputs, targets, pending);
    let incumbent = process.fitted.reduce((lowest, mean) => Math.min(lowest, mean), Number.POSITIVE_INFINITY);
    for (let start = 0; start < pending.length; start += dimensions) {
      process.predict(pending.subarray(start, start + dimensions));
      incumbent = Math.min(incumbent, process.mean);
    }
    const ranking = Int32Array.from(targets, (_, row) => row).sort((a, b) => targets[a]! - targets[b]! || a - b);
    return { process, incumbent, inputs, targets, ranking };
  }

  /** Fitted to a prefix of the trials whose length stands on a fixed schedule, so that most proposals share a fit. */
  private fitFor(ended: readonly EndedTrial[]): WarpedFit {
    const trials = ended.slice(0, scheduledLength(ended.length));
    if (this.cached !== undefined && sameTrials(this.cached.trials, trials)) return this.cached.fit;
    const fit = this.fit(observe(this.space, this.goal, trials));
    this.cached = { trials, fit };
    return fit;
  }

  private fit(observations: Observations): WarpedFit {
    const { inputs, values, noise } = this.reduce(observations, FIT_ROWS);
    const dimensions = this.space.dimensions.length;
    const distances = pairDistances(this.layout, inputs, values.length);
    const prior = createPrior(dimensions, noise);
    const lengthscales = values.length <= FEW_ROWS ? LENGTHSCALES : LENGTHSCALES.slice(0, 1);
    const starts = lengthscales.map((lengthscale) => startingPoint(dimensions, lengthscale, prior));
    const plain = fitHyperparameters(distances, dimensions, values, prior, starts);
    if (values.length < FEWEST_TO_WARP) return { fit: plain, exponent: 1 };
    const exponent = fitExponent(values);
    const warped = values.map((value) => yeoJohnson(value, exponent));
    const deviation = standardise(warped);
    const fit = fitHyperparameters(distances, dimensions, warped, prior, [plain.logarithms]);
    const change = logJacobian(values, exponent) - values.length * Math.log(deviation);
    return fit.logLikelihood + change > plain.logLikelihood ? { fit, exponent } : { fit: plain, exponent: 1 };
  }

  private reduce(observations: Observations, limit: number): Observations {
    if (observations.rows <= limit) return observations;
    const rows = selectRows(observations.values, limit);
    const dimensions = this.space.dimensions.length;
    const inputs = new Float64Array(rows.length * dimensions);
    for (const [place, row] of rows.entries()) {
      inputs.set(observations.inputs.subarray(row * dimensions, (row + 1) * dimensions), place * dimensions);
    }
    const values = Float64Array.from(rows, (row) => observations.values[row]!);
    const deviation = standardise(values);
    const noise = observations.noise === undefined ? undefined : observations.noise / deviation ** 2;
    return { inputs, values, rows: rows.length, noise };
  }
}

function warp(values: Float64Array, exponent: number): Float64Array {
  if (exponent === 1) return values;
  const warped = values.map((value) => yeoJohnson(value, exponent));
  standardise(warped);
  return warped;
}

function scheduledLength(count: number): number {
  let length = Math.min(count, ALWAYS_REFIT);
  while (length < count) {
    const next = Math.ceil(length * REFIT_GROWTH);
    if (next > count) break;
    length = next;
  }
  return length;
}

function sameTrials(a: readonly EndedTrial[], b: readonly EndedTrial[]): boolean {
  return a.length === b.length && a.every((trial, i) => trial === b[i]);
}
