/** Constants of the evolution strategy; names and equations of N. Hansen, "The CMA evolution strategy: a tutorial". */
export interface StrategyParameters {
  /** lambda: trials a generation. */
  readonly populationSize: number;
  /** mu: how many of them the mean moves towards. */
  readonly parents: number;
  /** w_i by rank, length lambda: the first mu positive with sum 1, the others negative (before Eq. 46 rescales them). */
  readonly weights: Float64Array;
  /** mu_eff. */
  readonly effectiveParents: number;
  readonly cSigma: number;
  readonly dSigma: number;
  readonly cc: number;
  readonly c1: number;
  readonly cMu: number;
  /** E||N(0, I)||. */
  readonly expectedNorm: number;
}

/** lambda by default, Eq. 48. */
export function defaultPopulationSize(dimensions: number): number {
  return 4 + Math.floor(3 * Math.log(dimensions));
}

/** Table 1 of arXiv:1604.00772, Eqs. 49-58. @param dimensions n >= 1. @param populationSize lambda >= 4. */
export function strategyParameters(dimensions: number, populationSize: number): StrategyParameters {
  const n = dimensions;
  const parents = Math.floor(populationSize / 2);
  const raw = Array.from({ length: populationSize }, (_, i) => Math.log((populationSize + 1) / 2) - Math.log(i + 1));
  const effectiveParents = effectiveCount(raw.slice(0, parents));
  const effectiveOthers = effectiveCount(raw.slice(parents));
  const c1 = 2 / ((n + 1.3) ** 2 + effectiveParents);
  const cMu = Math.min(1 - c1, (2 * (effectiveParents - 2 + 1 / effectiveParents)) / ((n + 2) ** 2 + effectiveParents));
  const cSigma = (effectiveParents + 2) / (n + effectiveParents + 5);
  return {
    populationSize,
    parents,
    weights: recombinationWeights(raw, n, c1, cMu, effectiveParents, effectiveOthers),
    effectiveParents,
    cSigma,
    dSigma: 1 + 2 * Math.max(0, Math.sqrt((effectiveParents - 1) / (n + 1)) - 1) + cSigma,
    cc: (4 + effectiveParents / n) / (n + 4 + (2 * effectiveParents) / n),
    c1,
    cMu,
    expectedNorm: Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n)),
  };
}

/** Eqs. 50-53. */
function recombinationWeights(
  raw: readonly number[],
  n: number,
  c1: number,
  cMu: number,
  effectiveParents: number,
  effectiveOthers: number,
): Float64Array {
  const negativeSum = Math.min(
    1 + c1 / cMu,
    1 + (2 * effectiveOthers) / (effectiveParents + 2),
    (1 - c1 - cMu) / (n * cMu),
  );
  const positive = raw.reduce((sum, weight) => sum + Math.max(weight, 0), 0);
  const negative = raw.reduce((sum, weight) => sum + Math.max(-weight, 0), 0);
  return Float64Array.from(raw, (weight) => (weight >= 0 ? weight / positive : (negativeSum * weight) / negative));
}

function effectiveCount(weights: readonly number[]): number {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const squares = weights.reduce((total, weight) => total + weight * weight, 0);
  return (sum * sum) / squares;
}
