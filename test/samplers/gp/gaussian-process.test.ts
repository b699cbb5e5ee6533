import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/random.js';
import { GaussianProcess } from '../../../src/samplers/gp/gaussian-process.js';
import { createInputLayout, pairDistances } from '../../../src/samplers/gp/input-layout.js';
import { LogPosterior } from '../../../src/samplers/gp/log-posterior.js';
import { choice, float, int, space } from '../../space/space-builder.js';

interface Case {
  readonly inputs: number[][];
  readonly targets: number[];
  readonly lengthscales: number[];
  readonly amplitude: number;
  readonly noise: number;
  readonly points: number[][];
  readonly mean: number[];
  readonly variance: number[];
  readonly log_likelihood: number;
  readonly gradient: number[];
}

const { cases, made_with } = JSON.parse(
  readFileSync(new URL('./reference/gaussian-process.json', import.meta.url), 'utf8'),
) as { cases: Case[]; made_with: string };

const numericLayout = (dimensions: number) =>
  createInputLayout(space(Array.from({ length: dimensions }, (_, i) => float(`x${i}`, 0, 1))));

/** Leaves nothing but the likelihood. */
const flatPrior = (dimensions: number) => ({
  means: new Float64Array(dimensions + 2),
  deviations: new Float64Array(dimensions + 2).fill(1e9),
});

function mixedLayout() {
  return createInputLayout(
    space([
      choice('model', ['a', 'b', 'c']),
      float('shared', 0, 1),
      float('ofA', 0, 1, { when: "model == 'a'" }),
      int('ofB', 1, 9, { when: "model == 'b'" }),
      choice('kindOfB', ['p', 'q'], { when: "model == 'b'" }),
    ]),
  );
}

function mixedInputs(rows: number): Float64Array {
  const random = new Random(3);
  const inputs = new Float64Array(rows * 5).fill(Number.NaN);
  for (let row = 0; row < rows; row++) {
    const model = row % 3;
    inputs[row * 5] = (model + 0.5) / 3;
    inputs[row * 5 + 1] = random.uniform();
    if (model === 0) inputs[row * 5 + 2] = random.uniform();
    if (model === 1) inputs[row * 5 + 3] = (random.integer(9) + 0.5) / 9;
    if (model === 1) inputs[row * 5 + 4] = random.integer(2) / 2 + 0.25;
  }
  return inputs;
}

describe(`against ${made_with}`, () => {
  test.each(cases)('posterior of $amplitude', ({ inputs, targets, lengthscales, amplitude, noise, ...expected }) => {
    const scales = Float64Array.from(lengthscales, (length) => 1 / length ** 2);
    const process = new GaussianProcess(
      numericLayout(scales.length),
      { scales, amplitude, noise },
      Float64Array.from(inputs.flat()),
      Float64Array.from(targets),
      new Float64Array(0),
    );
    for (const [i, point] of expected.points.entries()) {
      process.predict(Float64Array.from(point));
      expect(process.mean).toBeCloseTo(expected.mean[i]!, 5);
      expect(process.variance).toBeCloseTo(expected.variance[i]!, 5);
    }
  });

  test.each(cases)('likelihood of $amplitude', ({ inputs, targets, lengthscales, amplitude, noise, ...expected }) => {
    const dimensions = lengthscales.length;
    const distances = pairDistances(numericLayout(dimensions), Float64Array.from(inputs.flat()), targets.length);
    const posterior = new LogPosterior(distances, dimensions, Float64Array.from(targets), flatPrior(dimensions));
    const logarithms = Float64Array.from([
      ...lengthscales.map((length) => -2 * Math.log(length)),
      Math.log(amplitude),
      Math.log(noise),
    ]);
    const gradient = new Float64Array(dimensions + 2);
    expect(posterior.evaluate(logarithms, gradient)).toBeCloseTo(-expected.log_likelihood, 8);
    const [ofAmplitude, ...others] = expected.gradient;
    const ofNoise = others.pop()!;
    // By the logarithm of the inverse squared length scale: minus a half of that by the logarithm of the length scale.
    const byUs = [...others.map((ofLength) => -ofLength / 2), ofAmplitude!, ofNoise];
    for (const [i, value] of byUs.entries()) expect(gradient[i]).toBeCloseTo(-value, 7);
  });
});

describe('with choices and inactive parameters', () => {
  const layout = mixedLayout();
  const rows = 24;
  const inputs = mixedInputs(rows);
  const random = new Random(8);
  const targets = Float64Array.from({ length: rows }, () => random.normal());
  const hyperparameters = { scales: Float64Array.of(0.7, 2, 3, 1.5, 0.4), amplitude: 1.3, noise: 0.02 };

  test('the gradient of the likelihood is its finite difference', () => {
    const posterior = new LogPosterior(pairDistances(layout, inputs, rows), 5, targets, {
      means: Float64Array.of(0, 0.1, 0.2, 0.3, 0.4, 0.5, -4),
      deviations: new Float64Array(7).fill(0.8),
    });
    const at = Float64Array.of(-0.3, 0.6, 1.1, 0.4, -0.9, 0.2, -3);
    const gradient = new Float64Array(7);
    posterior.evaluate(at, gradient);
    const unused = new Float64Array(7);
    for (let i = 0; i < 7; i++) {
      const shifted = (step: number) => posterior.evaluate(at.with(i, at[i]! + step), unused);
      expect(gradient[i]).toBeCloseTo((shifted(1e-5) - shifted(-1e-5)) / 2e-5, 5);
    }
  });

  test.each([
    ['a numeric one of family a', Float64Array.of(1 / 6, 0.42, 0.77, Number.NaN, Number.NaN)],
    ['one of family b', Float64Array.of(0.5, 0.1, Number.NaN, 0.31, 0.25)],
  ])('gradients of the posterior are finite differences: %s', (_, point) => {
    const process = new GaussianProcess(layout, hyperparameters, inputs, targets, mixedInputs(6).subarray(15));
    const ofMean = new Float64Array(5);
    const ofVariance = new Float64Array(5);
    process.predict(point);
    process.gradients(point, ofMean, ofVariance);
    for (const i of [1, 2, 3]) {
      const shifted = (step: number) => {
        process.predict(point.with(i, point[i]! + step));
        return [process.mean, process.variance] as const;
      };
      const [above, below] = [shifted(1e-5), shifted(-1e-5)];
      const active = !Number.isNaN(point[i]!);
      expect(ofMean[i]).toBeCloseTo(active ? (above[0] - below[0]) / 2e-5 : 0, 5);
      expect(ofVariance[i]).toBeCloseTo(active ? (above[1] - below[1]) / 2e-5 : 0, 5);
    }
  });

  test('the distances of the likelihood and of the posterior are the same', () => {
    const distances = pairDistances(layout, inputs, rows);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < i; j++) {
        const pair = ((i * (i - 1)) / 2 + j) * 5;
        let squared = 0;
        for (let d = 0; d < 5; d++) squared += hyperparameters.scales[d]! * distances[pair + d]!;
        const scaled = Math.sqrt(5 * squared);
        const covariance = 1.3 * (1 + scaled + (5 * squared) / 3) * Math.exp(-scaled);
        // One observation of 1 without noise: the mean is the correlation with it.
        const one = new GaussianProcess(
          layout,
          { ...hyperparameters, noise: 0 },
          inputs.slice(j * 5, j * 5 + 5),
          Float64Array.of(1),
          new Float64Array(0),
        );
        one.predict(inputs.subarray(i * 5, i * 5 + 5));
        expect(one.mean).toBeCloseTo(covariance / 1.3, 6);
      }
    }
  });

  test('the mean at what was observed is what is predicted there', () => {
    const process = new GaussianProcess(layout, hyperparameters, inputs, targets, new Float64Array(0));
    for (let i = 0; i < rows; i++) {
      process.predict(inputs.subarray(i * 5, i * 5 + 5));
      expect(process.fitted[i]).toBeCloseTo(process.mean, 10);
    }
  });

  test('trials in flight leave the mean and lower the variance', () => {
    const pending = Float64Array.of(1 / 6, 0.42, 0.77, Number.NaN, Number.NaN);
    const without = new GaussianProcess(layout, hyperparameters, inputs, targets, new Float64Array(0));
    const beside = new GaussianProcess(layout, hyperparameters, inputs, targets, pending);
    const near = Float64Array.of(1 / 6, 0.44, 0.75, Number.NaN, Number.NaN);
    without.predict(near);
    beside.predict(near);
    expect(beside.mean).toBeCloseTo(without.mean, 12);
    expect(beside.variance).toBeLessThan(0.5 * without.variance);
  });
});

test('equal inputs without noise are taken', () => {
  const process = new GaussianProcess(
    numericLayout(1),
    { scales: Float64Array.of(1), amplitude: 1, noise: 0 },
    Float64Array.of(0.5, 0.5, 0.5, 0.2),
    Float64Array.of(1, 1, 1, -1),
    new Float64Array(0),
  );
  process.predict(Float64Array.of(0.5));
  expect(process.mean).toBeCloseTo(1, 3);
});
