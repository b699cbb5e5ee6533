import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/random.js';
import { CovarianceAdaptation } from '../../../src/samplers/cma-es/covariance-adaptation.js';
import { keepMargin } from '../../../src/samplers/cma-es/integer-margin.js';
import { defaultPopulationSize, strategyParameters } from '../../../src/samplers/cma-es/strategy-parameters.js';
import { symmetricEigen } from '../../../src/samplers/cma-es/symmetric-eigen.js';
import { coordinateOf } from '../../../src/samplers/tpe/coordinate.js';

interface Constants {
  readonly dimensions: number;
  readonly populationSize: number;
  readonly weights: readonly number[];
  readonly effectiveParents: number;
  readonly cSigma: number;
  readonly dSigma: number;
  readonly cc: number;
  readonly c1: number;
  readonly cMu: number;
  readonly expectedNorm: number;
}

interface Reference {
  readonly trace: readonly {
    readonly points: readonly (readonly number[])[];
    readonly mean: readonly number[];
    readonly sigma: number;
    readonly covariance: readonly number[];
  }[];
  readonly constants: readonly Constants[];
  readonly evaluations: readonly {
    readonly name: string;
    readonly dimensions: number;
    readonly median: number;
    readonly least: number;
    readonly most: number;
  }[];
  readonly margins: readonly {
    readonly count: number;
    readonly mean: number;
    readonly sigma: number;
    readonly newMean: number;
    readonly scaling: number;
  }[];
}

const reference: Reference = JSON.parse(readFileSync(new URL('./reference/evolution.json', import.meta.url), 'utf8'));

function expectClose(actual: ArrayLike<number>, expected: readonly number[], digits: number): void {
  expect(actual.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, digits);
}

describe('constants', () => {
  test('are those of the package cmaes', () => {
    for (const { dimensions, populationSize, weights, ...scalars } of reference.constants) {
      const parameters = strategyParameters(dimensions, populationSize);
      expectClose(parameters.weights, weights, 9);
      for (const [name, value] of Object.entries(scalars)) {
        expect(parameters[name as keyof typeof scalars]).toBeCloseTo(value, 7);
      }
    }
  });

  test('the population grows with the logarithm of the dimensions', () => {
    // Table 1 of the tutorial: 4 + floor(3 ln n).
    expect([1, 2, 5, 10, 40].map(defaultPopulationSize)).toEqual([4, 6, 8, 10, 15]);
  });
});

describe('the strategy', () => {
  test('follows the package cmaes through five generations', () => {
    const strategy = new CovarianceAdaptation(Float64Array.of(0.5, 0.4, 0.6), 0.2, 7);
    for (const { points, mean, sigma, covariance } of reference.trace) {
      strategy.update(points.map((point) => Float64Array.from(point)));
      expectClose(strategy.mean, mean, 9);
      expect(strategy.sigma).toBeCloseTo(sigma, 9);
      expectClose(strategy.covariance, covariance, 6);
    }
  });

  test.each(reference.evaluations)('needs as many evaluations as cmaes: $name, $dimensions', (expected) => {
    const n = expected.dimensions;
    const scale = Array.from({ length: n }, (_, i) => (expected.name === 'sphere' ? 1 : 10 ** ((6 * i) / (n - 1))));
    const counts = Array.from({ length: 9 }, (_, seed) => evaluationsUntil(1e-9, scale, new Random(seed, 'cma-test')));
    const median = counts.sort((a, b) => a - b)[4]!;
    expect(median).toBeGreaterThan(0.85 * expected.median);
    expect(median).toBeLessThan(1.15 * expected.median);
  });

  test('is not thrown off by a point from far away', () => {
    const strategy = new CovarianceAdaptation(Float64Array.of(0.5, 0.5), 1e-3, 6);
    const near = Array.from({ length: 5 }, (_, i) => Float64Array.of(0.5 + i * 1e-4, 0.5 - i * 1e-4));
    strategy.update([Float64Array.of(0.99, 0.01), ...near]);
    expect(Math.abs(strategy.mean[0]! - 0.5)).toBeLessThan(4e-3);
    expect(strategy.sigma).toBeLessThan(3e-3);
  });

  test('samples the distribution that it says', () => {
    const strategy = new CovarianceAdaptation(Float64Array.of(0.5, 0.4, 0.6), 0.2, 7);
    for (const { points } of reference.trace) strategy.update(points.map((point) => Float64Array.from(point)));
    const random = new Random(4);
    const point = new Float64Array(3);
    const squares = new Float64Array(3);
    let distances = 0;
    const draws = 4_000;
    for (let i = 0; i < draws; i++) {
      strategy.sample(random, 1, point);
      distances += strategy.distance(point) ** 2;
      for (let j = 0; j < 3; j++) squares[j]! += (point[j]! - strategy.mean[j]!) ** 2;
    }
    // The squared length of a standard normal vector has its dimension as its mean.
    expect(distances / draws / 3).toBeCloseTo(1, 1);
    for (let j = 0; j < 3; j++) {
      const ratio = squares[j]! / draws / strategy.deviation(j) ** 2;
      expect(ratio).toBeGreaterThan(0.9);
      expect(ratio).toBeLessThan(1.1);
    }
  });
});

function evaluationsUntil(target: number, scale: readonly number[], random: Random): number {
  const n = scale.length;
  const start = Float64Array.from(scale, () => random.uniform());
  const strategy = new CovarianceAdaptation(start, 0.3, defaultPopulationSize(n));
  for (let count = 0; count < 1e5; ) {
    const members = Array.from({ length: strategy.parameters.populationSize }, () => {
      const point = new Float64Array(n);
      strategy.sample(random, 1, point);
      return { point, loss: point.reduce((sum, x, i) => sum + scale[i]! * x * x, 0) };
    });
    count += members.length;
    members.sort((a, b) => a.loss - b.loss);
    if (members[0]!.loss < target) return count;
    strategy.update(members.map(({ point }) => point));
  }
  return Number.POSITIVE_INFINITY;
}

test('the margin moves mean and scaling as the package cmaes does', () => {
  for (const { count, mean, sigma, newMean, scaling } of reference.margins) {
    const strategy = new CovarianceAdaptation(Float64Array.of(mean, 0.5), sigma, 6);
    strategy.covariance[0] = 1.44;
    const lattice = coordinateOf({ kind: 'int', min: 1, max: count, log: false, step: 1 });
    if (lattice.kind !== 'lattice') throw new Error('expected a lattice');
    keepMargin(strategy, 0, lattice);
    // The package takes its quantiles from a table-free approximation good to about five digits.
    expect(strategy.mean[0]).toBeCloseTo(newMean, 5);
    expect(strategy.scaling[0]).toBeCloseTo(scaling, 4);
    expect(strategy.scaling[1]).toBe(1);
  }
});

test('eigenvectors and eigenvalues put a symmetric matrix together again', () => {
  const n = 12;
  const random = new Random(9);
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      matrix[i * n + j] = random.normal();
      matrix[j * n + i] = matrix[i * n + j]!;
    }
  }
  const work = matrix.slice();
  const vectors = new Float64Array(n * n);
  symmetricEigen(work, n, vectors);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      let product = 0;
      for (let k = 0; k < n; k++) {
        sum += vectors[i * n + k]! * work[k * (n + 1)]! * vectors[j * n + k]!;
        product += vectors[k * n + i]! * vectors[k * n + j]!;
      }
      expect(sum).toBeCloseTo(matrix[i * n + j]!, 10);
      expect(product).toBeCloseTo(i === j ? 1 : 0, 10);
    }
  }
});
