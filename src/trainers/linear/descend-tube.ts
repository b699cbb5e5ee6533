import type { Random } from '../../random.js';
import { type AugmentedRows, type DescentLimits, MINIMUM_CURVATURE } from './augmented-rows.js';
import { addRow, dotRow } from './row-products.js';

/**
 * minimise 1/2 |w|^2 + sum cost_i max(0, |target_i - w.x_i| - epsilon), or its square, by dual coordinate descent: Ho and
 * Lin, "Large-scale linear support vector regression", JMLR 13 (2012), algorithm 4, without its shrinking.
 * @returns w, length rows.columns.
 */
export function descendTube(
  rows: AugmentedRows,
  target: Float64Array,
  costs: Float64Array,
  epsilon: number,
  squared: boolean,
  limits: DescentLimits,
  random: Random,
): Float64Array {
  const { data, columns, squares } = rows;
  const weights = new Float64Array(columns);
  const beta = new Float64Array(rows.rows);
  const order = Int32Array.from(beta.keys());
  let firstViolation = 0;
  for (let pass = 0; pass < limits.maxPasses; pass++) {
    let total = 0;
    random.shuffle(order);
    for (const i of order) {
      const diagonal = squared ? 0.5 / costs[i]! : 0;
      const upper = squared ? Number.POSITIVE_INFINITY : costs[i]!;
      const old = beta[i]!;
      const gradient = dotRow(data, i * columns, weights) - target[i]! + diagonal * old;
      total += tubeViolation(old, gradient, epsilon, upper);
      const curvature = Math.max(squares[i]! + diagonal, MINIMUM_CURVATURE);
      let value = old;
      if (gradient + epsilon < curvature * old) value = old - (gradient + epsilon) / curvature;
      else if (gradient - epsilon > curvature * old) value = old - (gradient - epsilon) / curvature;
      else value = 0;
      value = Math.min(upper, Math.max(-upper, value));
      if (value === old) continue;
      beta[i] = value;
      addRow(data, i * columns, value - old, weights);
    }
    if (pass === 0) firstViolation = total;
    if (!(total > limits.tolerance * firstViolation)) break;
  }
  return weights;
}

/** How far one dual variable is from optimal. */
function tubeViolation(value: number, gradient: number, epsilon: number, upper: number): number {
  if (value === 0) return Math.max(0, gradient - epsilon, -(gradient + epsilon));
  const slope = value > 0 ? gradient + epsilon : gradient - epsilon;
  if (value === upper) return Math.max(0, slope);
  if (value === -upper) return Math.max(0, -slope);
  return Math.abs(slope);
}
