import { minimize } from '../../optimization/l-bfgs.js';
import { type HyperparameterPrior, LogPosterior } from './log-posterior.js';

export interface Hyperparameters {
  /** Of each coordinate: the inverse squared length scale. */
  readonly scales: Float64Array;
  /** Variance of the function. */
  readonly amplitude: number;
  /** Variance of the noise. */
  readonly noise: number;
}

export interface Fit {
  readonly hyperparameters: Hyperparameters;
  /** At the hyperparameters found. */
  readonly logLikelihood: number;
  readonly logarithms: Float64Array;
}

/** Of log l, and of what each further factor e of coordinates adds to it. */
const LOG_LENGTHSCALE_DEVIATION = 0.6;
const LOG_LENGTHSCALE_GROWTH = 0.3;
/** Log of the noise's variance, of standardised values, when nothing is known about it. */
const USUAL_LOG_NOISE = -7;
const USUAL_LOG_NOISE_DEVIATION = 2;
/** What fold scores say of the noise is worth more than the guess above. */
const MEASURED_LOG_NOISE_DEVIATION = 1;

/**
 * Length scales: log l ~ N(0.3 ln d, 0.6²), so that a few observations are read as the trend of a function that varies
 * over the whole cube, and only many of them make it rough. That the scales grow with the number of coordinates d follows
 * Hvarfner, Hellsten & Nardi, "Vanilla Bayesian optimization performs great in high dimensions", arXiv:2402.02229, Eq. 9,
 * whose prior is wider and grows faster: with it the first 25 trials of our benchmark found less.
 * Amplitude: log s² ~ N(0, 1), as the values are standardised.
 * @param measuredNoise the variance of the noise that the fold scores show, for standardised values.
 */
export function createPrior(dimensions: number, measuredNoise: number | undefined): HyperparameterPrior {
  const means = new Float64Array(dimensions + 2).fill(-2 * LOG_LENGTHSCALE_GROWTH * Math.log(Math.max(dimensions, 1)));
  const deviations = new Float64Array(dimensions + 2).fill(2 * LOG_LENGTHSCALE_DEVIATION);
  means[dimensions] = 0;
  deviations[dimensions] = 1;
  means[dimensions + 1] =
    measuredNoise === undefined ? USUAL_LOG_NOISE : Math.log(Math.min(Math.max(measuredNoise, 1e-6), 0.5));
  deviations[dimensions + 1] = measuredNoise === undefined ? USUAL_LOG_NOISE_DEVIATION : MEASURED_LOG_NOISE_DEVIATION;
  return { means, deviations };
}

/**
 * Hyperparameters of the highest posterior density (of their logarithms), the best of what L-BFGS finds from each start.
 * @param distances see `pairDistances`. @param targets standardised. @param starts logarithms; fixed ones make the fit a
 *   function of the data alone, whatever was fitted before.
 */
export function fitHyperparameters(
  distances: Float64Array,
  dimensions: number,
  targets: Float64Array,
  prior: HyperparameterPrior,
  starts: readonly Float64Array[],
): Fit {
  const posterior = new LogPosterior(distances, dimensions, targets, prior);
  let best: { x: Float64Array; value: number } | undefined;
  for (const start of starts) {
    const found = minimize((x, gradient) => posterior.evaluate(x, gradient), start, {
      maxIterations: 30,
      maxEvaluations: 40,
      valueTolerance: 1e-5,
      gradientTolerance: 1e-2,
      firstStep: 0.1,
    });
    if (best === undefined || found.value < best.value) best = found;
  }
  const logarithms = best!.x;
  return {
    logarithms,
    hyperparameters: {
      scales: Float64Array.from(logarithms.subarray(0, dimensions), Math.exp),
      amplitude: Math.exp(logarithms[dimensions]!),
      noise: Math.exp(logarithms[dimensions + 1]!),
    },
    logLikelihood: posterior.logLikelihood(logarithms) ?? Number.NEGATIVE_INFINITY,
  };
}

/** Where the search begins. @param lengthscale of a space of one coordinate; grows with the root of their number. */
export function startingPoint(dimensions: number, lengthscale: number, prior: HyperparameterPrior): Float64Array {
  const start = new Float64Array(dimensions + 2).fill(-2 * Math.log(lengthscale * Math.sqrt(Math.max(dimensions, 1))));
  start[dimensions] = 0;
  start[dimensions + 1] = prior.means[dimensions + 1]!;
  return start;
}
