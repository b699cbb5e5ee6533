import type { Random } from '../../random.js';
import { type AugmentedRows, type DescentLimits, MINIMUM_CURVATURE } from './augmented-rows.js';
import { addRow, dotRow } from './row-products.js';

/**
 * minimise 1/2 |w|^2 + sum cost_i loss(1 - y_i w.x_i), loss the hinge or its square, by dual coordinate descent with
 * shrinking: Hsieh, Chang, Lin, Keerthi and Sundararajan, "A dual coordinate descent method for large-scale linear SVM"
 * (ICML 2008), algorithm 3.
 * @param signs 1 or -1 a row. @param costs C a row. @returns w, length rows.columns.
 */
export function descendHinge(
  rows: AugmentedRows,
  signs: Float64Array,
  costs: Float64Array,
  squared: boolean,
  limits: DescentLimits,
  random: Random,
): Float64Array {
  const { data, columns, squares } = rows;
  const weights = new Float64Array(columns);
  const alpha = new Float64Array(rows.rows);
  const order = Int32Array.from(alpha.keys());
  let active = order.length;
  let highestBefore = Number.POSITIVE_INFINITY;
  let lowestBefore = Number.NEGATIVE_INFINITY;
  for (let pass = 0; pass < limits.maxPasses; pass++) {
    let highest = Number.NEGATIVE_INFINITY;
    let lowest = Number.POSITIVE_INFINITY;
    random.shuffle(order.subarray(0, active));
    for (let s = 0; s < active; s++) {
      const i = order[s]!;
      const sign = signs[i]!;
      const diagonal = squared ? 0.5 / costs[i]! : 0;
      const upper = squared ? Number.POSITIVE_INFINITY : costs[i]!;
      const old = alpha[i]!;
      const gradient = sign * dotRow(data, i * columns, weights) - 1 + diagonal * old;
      if (old === 0 ? gradient > highestBefore : old === upper && gradient < lowestBefore) {
        active--;
        order[s] = order[active]!;
        order[active] = i;
        s--;
        continue;
      }
      let projected = gradient;
      if (old === 0) projected = Math.min(0, gradient);
      else if (old === upper) projected = Math.max(0, gradient);
      highest = Math.max(highest, projected);
      lowest = Math.min(lowest, projected);
      if (Math.abs(projected) > 1e-12) {
        const curvature = Math.max(squares[i]! + diagonal, MINIMUM_CURVATURE);
        const value = Math.min(upper, Math.max(0, old - gradient / curvature));
        alpha[i] = value;
        addRow(data, i * columns, (value - old) * sign, weights);
      }
    }
    if (!(highest - lowest > limits.tolerance)) {
      if (active === order.length) break;
      active = order.length;
      highestBefore = Number.POSITIVE_INFINITY;
      lowestBefore = Number.NEGATIVE_INFINITY;
      continue;
    }
    highestBefore = highest > 0 ? highest : Number.POSITIVE_INFINITY;
    lowestBefore = lowest < 0 ? lowest : Number.NEGATIVE_INFINITY;
  }
  return weights;
}
