/** P(positive | decision value f) = 1 / (1 + exp(slope * f + intercept)). */
export interface Sigmoid {
  readonly slope: number;
  readonly intercept: number;
}

const MAX_ITERATIONS = 100;
const MINIMUM_STEP = 1e-10;
const RIDGE = 1e-12;
const GRADIENT_TOLERANCE = 1e-5;

/**
 * Fits the sigmoid by Newton's method with backtracking: Lin, Lin and Weng, "A note on Platt's probabilistic outputs
 * for support vector machines", Machine Learning 68 (2007), algorithm 1.
 * @param values decision values of rows that the machine has not seen. @param positive 1 or 0, the same length.
 */
export function fitSigmoid(values: Float64Array, positive: Uint8Array): Sigmoid {
  const rows = values.length;
  let positives = 0;
  for (const one of positive) positives += one;
  const negatives = rows - positives;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (negatives + 2);
  const target = Float64Array.from(positive, (one) => (one === 1 ? high : low));
  let slope = 0;
  let intercept = Math.log((negatives + 1) / (positives + 1));
  let loss = crossEntropy(values, target, slope, intercept);
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    let h11 = RIDGE;
    let h22 = RIDGE;
    let h21 = 0;
    let g1 = 0;
    let g2 = 0;
    for (let i = 0; i < rows; i++) {
      const value = values[i]!;
      const p = sigmoidProbability({ slope, intercept }, value);
      const curvature = p * (1 - p);
      h11 += value * value * curvature;
      h22 += curvature;
      h21 += value * curvature;
      const error = target[i]! - p;
      g1 += value * error;
      g2 += error;
    }
    if (Math.abs(g1) < GRADIENT_TOLERANCE && Math.abs(g2) < GRADIENT_TOLERANCE) break;
    const determinant = h11 * h22 - h21 * h21;
    const slopeStep = -(h22 * g1 - h21 * g2) / determinant;
    const interceptStep = -(-h21 * g1 + h11 * g2) / determinant;
    const descent = g1 * slopeStep + g2 * interceptStep;
    let size = 1;
    for (; size >= MINIMUM_STEP; size /= 2) {
      const trialLoss = crossEntropy(values, target, slope + size * slopeStep, intercept + size * interceptStep);
      if (trialLoss < loss + 1e-4 * size * descent) {
        slope += size * slopeStep;
        intercept += size * interceptStep;
        loss = trialLoss;
        break;
      }
    }
    if (size < MINIMUM_STEP) break;
  }
  return { slope, intercept };
}

export function sigmoidProbability({ slope, intercept }: Sigmoid, value: number): number {
  const exponent = slope * value + intercept;
  return exponent >= 0 ? Math.exp(-exponent) / (1 + Math.exp(-exponent)) : 1 / (1 + Math.exp(exponent));
}

function crossEntropy(values: Float64Array, target: Float64Array, slope: number, intercept: number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const exponent = slope * values[i]! + intercept;
    sum +=
      exponent >= 0
        ? target[i]! * exponent + Math.log1p(Math.exp(-exponent))
        : (target[i]! - 1) * exponent + Math.log1p(Math.exp(exponent));
  }
  return sum;
}
