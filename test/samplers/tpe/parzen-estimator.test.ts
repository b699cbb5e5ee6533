import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/random.js';
import { ChoiceKernels } from '../../../src/samplers/tpe/choice-kernels.js';
import { coordinateOf } from '../../../src/samplers/tpe/coordinate.js';
import { gaussianMass, unitIntervalMass } from '../../../src/samplers/tpe/gaussian-mass.js';
import { LatticeKernels } from '../../../src/samplers/tpe/lattice-kernels.js';
import { ParzenEstimator } from '../../../src/samplers/tpe/parzen-estimator.js';

interface Reference {
  readonly mixture: {
    readonly sigma: number;
    readonly trials: readonly (readonly number[])[];
    readonly weights: readonly number[];
    readonly points: readonly (readonly number[])[];
    readonly logDensities: readonly number[];
  };
  readonly masses: readonly { readonly low: number; readonly high: number; readonly mass: number }[];
  readonly choices: {
    readonly observed: readonly number[];
    readonly count: number;
    readonly probabilities: readonly (readonly number[])[];
  };
}

const reference: Reference = JSON.parse(readFileSync(new URL('./reference/densities.json', import.meta.url), 'utf8'));

const COORDINATES = [
  coordinateOf({ kind: 'float', min: -5, max: 5, log: false }),
  coordinateOf({ kind: 'float', min: 0, max: 3, log: false, step: 0.5 }),
  coordinateOf({ kind: 'int', min: 1, max: 9, log: true, step: 1 }),
  coordinateOf({ kind: 'categorical', values: ['a', 'b', 'c'], ordered: false }),
];

/** The point of the unit cube of a range's position and three indexes. */
function unitOf([x, ...indexes]: readonly number[]): Float64Array {
  const cells = indexes.map((index, i) => {
    const coordinate = COORDINATES[i + 1]!;
    if (coordinate.kind !== 'lattice') return (index + 0.5) / 3;
    return (coordinate.edge(index) + coordinate.edge(index + 1)) / 2;
  });
  return Float64Array.of(x!, ...cells);
}

function fitted(): ParzenEstimator {
  const { sigma, trials, weights } = reference.mixture;
  const estimator = new ParzenEstimator(COORDINATES, () => sigma);
  const units = Float64Array.from(trials.flatMap((trial) => [...unitOf(trial)]));
  const all = Int32Array.of(0, 1, 2, 3);
  estimator.fit(units, 4, all, all, 4, Float64Array.from(weights));
  return estimator;
}

describe('a Parzen estimator', () => {
  test('has the log densities of the mixture written out with truncated normals of scipy', () => {
    const estimator = fitted();
    const densities = reference.mixture.points.map((point) => estimator.logDensity(unitOf(point)));
    // A cell narrower than a quarter of a bandwidth counts by its middle, which is where the fifth digit goes.
    for (const [i, expected] of reference.mixture.logDensities.entries()) expect(densities[i]).toBeCloseTo(expected, 4);
  });

  test('integrates to one over the unit cube', () => {
    const estimator = fitted();
    const steps = COORDINATES[1]!;
    const integers = COORDINATES[2]!;
    if (steps.kind !== 'lattice' || integers.kind !== 'lattice') throw new Error('expected lattices');
    let integral = 0;
    const grid = 60;
    for (let step = 0; step < 7; step++) {
      for (let integer = 0; integer < 9; integer++) {
        const area = (steps.edge(step + 1) - steps.edge(step)) * (integers.edge(integer + 1) - integers.edge(integer));
        for (let choice = 0; choice < 3; choice++) {
          for (let i = 0; i < grid; i++) {
            const point = unitOf([(i + 0.5) / grid, step, integer, choice]);
            integral += (Math.exp(estimator.logDensity(point)) * area) / 3 / grid;
          }
        }
      }
    }
    expect(integral).toBeCloseTo(1, 3);
  });

  test('draws from the density that it reports', () => {
    const estimator = fitted();
    const random = new Random(5);
    const point = new Float64Array(4);
    const draws = 20_000;
    let inverse = 0;
    let choiceA = 0;
    for (let i = 0; i < draws; i++) {
      estimator.draw(random, point);
      inverse += Math.exp(-estimator.logDensity(point));
      if (point[3]! < 1 / 3) choiceA++;
    }
    // Under the density p itself, 1 / p has the volume of the cube as its mean.
    expect(inverse / draws).toBeCloseTo(1, 1);
    // 0.4 of the weight has this choice with probability 6/8, 0.4 with 1/8 and the prior, 0.2, with 1/3.
    expect(choiceA / draws).toBeCloseTo(0.4 * (6 / 8) + 0.4 * (1 / 8) + 0.2 / 3, 1.7);
  });

  test('is the prior without trials', () => {
    const estimator = new ParzenEstimator(COORDINATES, () => 0.1);
    const none = new Int32Array(0);
    estimator.fit(new Float64Array(0), 4, Int32Array.of(0, 1, 2, 3), none, 0, new Float64Array(0));
    expect(estimator.logDensity(unitOf([0.3, 1, 2, 0]))).toBe(0);
  });
});

describe('kernels', () => {
  test('over choices have the probabilities of Optuna', () => {
    const { observed, count, probabilities } = reference.choices;
    const kernels = new ChoiceKernels(count);
    kernels.fit(
      Float64Array.from(observed, (choice) => (choice + 0.5) / count),
      observed.length,
    );
    for (let choice = 0; choice < count; choice++) {
      const sums = new Float64Array(observed.length);
      kernels.addLogDensities((choice + 0.5) / count, sums);
      for (const [k, sum] of sums.entries()) expect(Math.exp(sum) / count).toBeCloseTo(probabilities[k]![choice]!, 12);
    }
  });

  test('over a fine lattice agree with their integral over each cell', () => {
    const lattice = coordinateOf({ kind: 'int', min: 0, max: 499, log: false, step: 1 });
    if (lattice.kind !== 'lattice') throw new Error('expected a lattice');
    const sigma = 0.05;
    const kernels = new LatticeKernels(lattice, () => sigma);
    kernels.fit(Float64Array.of(0.2, 0.201, 0.99), 3, 1);
    for (const cell of [0, 99, 120, 180, 499]) {
      const sums = new Float64Array(3);
      kernels.addLogDensities((cell + 0.5) / 500, sums);
      for (const [k, centre] of [100.5 / 500, 100.5 / 500, 495.5 / 500].entries()) {
        const mass = gaussianMass((cell / 500 - centre) / sigma, ((cell + 1) / 500 - centre) / sigma);
        const expected = Math.log((mass / unitIntervalMass(centre, sigma)) * 500);
        if (expected > -30) expect(sums[k]).toBeCloseTo(expected, 2);
      }
    }
  });

  test('of a lattice are no narrower than their cell', () => {
    const lattice = coordinateOf({ kind: 'int', min: 1, max: 4, log: false, step: 1 });
    if (lattice.kind !== 'lattice') throw new Error('expected a lattice');
    const kernels = new LatticeKernels(lattice, () => 0.001);
    kernels.fit(Float64Array.of(0.375), 1, 1);
    const random = new Random(1);
    const drawn = new Set(Array.from({ length: 200 }, () => kernels.draw(0, random)));
    expect([...drawn].sort()).toEqual([0.125, 0.375, 0.625, 0.875]);
  });
});

test('the mass of a normal distribution between two bounds keeps its digits in both tails', () => {
  for (const { low, high, mass } of reference.masses) {
    expect(gaussianMass(low, high) / mass).toBeCloseTo(1, 9);
  }
});
