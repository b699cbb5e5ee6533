import { normalCdf, normalQuantile } from '../../space/normal-distribution.js';
import type { Lattice } from '../tpe/coordinate.js';
import type { CovarianceAdaptation } from './covariance-adaptation.js';

/**
 * Keeps every neighbouring value of a discrete coordinate within reach: moves the mean and widens the scaling until the
 * probability of leaving the mean's cell is at least 1 / (n lambda). R. Hamano, S. Saito, M. Nomura and S. Shirakawa,
 * "CMA-ES with margin: lower-bounding marginal probability for mixed-integer black-box optimization", GECCO 2022
 * (arXiv:2205.13482), Section 4.2; the chi-squared quantiles there are written as normal ones.
 */
export function keepMargin(strategy: CovarianceAdaptation, coordinate: number, lattice: Lattice): void {
  if (lattice.count < 2) return;
  const margin = 1 / (strategy.dimensions * strategy.parameters.populationSize);
  const { mean } = strategy;
  const centre = Math.min(Math.max(mean[coordinate]!, 0), 1);
  const cell = lattice.indexOf(centre);
  const deviation = strategy.deviation(coordinate);
  if (cell === 0 || cell === lattice.count - 1) {
    const threshold = lattice.edge(cell === 0 ? 1 : cell);
    const reach = -normalQuantile(margin) * deviation;
    mean[coordinate] = cell === 0 ? Math.max(centre, threshold - reach) : Math.min(centre, threshold + reach);
    return;
  }
  const low = lattice.edge(cell);
  const high = lattice.edge(cell + 1);
  const below = normalCdf((low - centre) / deviation);
  const above = normalCdf((centre - high) / deviation);
  if (below >= margin / 2 && above >= margin / 2) return;
  const raisedBelow = Math.max(below, margin / 2);
  const raisedAbove = Math.max(above, margin / 2);
  const between = 1 - below - above;
  // What raising has added is taken back from all three in proportion to what they have beyond the margin.
  const excess = 1 - raisedBelow - raisedAbove - between;
  const spare = raisedBelow + raisedAbove + between - 1.5 * margin;
  const newBelow = raisedBelow + (excess / spare) * (raisedBelow - margin / 2);
  const newAbove = raisedAbove + (excess / spare) * (raisedAbove - margin / 2);
  const quantileBelow = -normalQuantile(newBelow);
  const quantileAbove = -normalQuantile(newAbove);
  const widened = (high - low) / (quantileBelow + quantileAbove);
  mean[coordinate] = low + quantileBelow * widened;
  strategy.scaling[coordinate]! *= widened / deviation;
}
