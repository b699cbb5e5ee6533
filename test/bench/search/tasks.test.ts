import { describe, expect, test } from 'vitest';
import { Point } from '../../../bench/search/bench-task.js';
import { parameterSpecs } from '../../../bench/search/parameters.js';
import { readTasks } from '../../../bench/search/tasks/index.js';
import { Random } from '../../../src/random.js';
import { bareSpecFromObject } from '../../../src/spec/bare-spec.js';
import type { Params } from '../../../src/trial.js';

const tasks = readTasks(process.cwd());

const coordinates = (...values: number[]): Params =>
  Object.fromEntries(values.map((value, i) => [`x${i + 1}`, value] as const));

/** Minimisers: those of the published functions, and the points around which the others are built. */
const BEST: Readonly<Record<string, Params>> = {
  branin2: coordinates(Math.PI, 2.275),
  ackley5: coordinates(7.1, -11.3, 3.7, 14.9, -5.3),
  rosenbrock4: coordinates(1, 1, 1, 1),
  hartmann6: coordinates(0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573),
  levy8: coordinates(1, 2, 3, 1, 2, 3, 1, 2),
  wide20: coordinates(...Array.from({ length: 20 }, (_, i) => 0.2 + 0.6 * ((i * 0.618034) % 1))),
  noisy4: { rate: 10 ** -1.5, penalty: 1e-3, depth: 6, share: 0.8 },
  mixed6: { optimizer: 'adam', lr: 1e-3, layers: 4, units: 128, dropout: 0.24, batch_size: 64 },
  boosting6: { rate: 0.1 * 3.16 ** -0.8, trees: 316, depth: 5, share: 0.75, penalty: 0.1, leaf: 8 },
  choices7: { a: 'q', b: 'p', c: 's', d: 'y', k: 12, u: 0.3, w: 0.01 },
  integers8: { first: 32, second: 64, third: 128, kernel: 5, stride: 2, depth: 4, batch: 64, patience: 20 },
  diverging6: { rate: 10 ** -2.2, momentum: 0.9, warmup: 8, width: 256, decay: 1e-4, clip: 1 },
  cond_svm: { kernel: 'rbf', C: 10, gamma: 10 ** -2.5 },
  network12: {
    optimizer: 'adam',
    rate: 1e-3,
    beta2: 0.99,
    layers: 3,
    units: 64,
    activation: 'gelu',
    dropout: 0.2,
    schedule: 'step',
    factor: 10 ** -0.7,
    every: 10,
    decay: 1e-4,
  },
  families3: { model: 'boosting', rate: 0.1 * 4 ** -0.8, trees: 400, depth: 4 },
  families4: { model: 'svm', C: 10, gamma: 10 ** -2.5 },
};

describe.each(tasks.map((task) => [task.name, task] as const))('%s', (name, task) => {
  const { space } = bareSpecFromObject({ objective: { goal: 'minimize' }, parameters: parameterSpecs(task.space) });
  const random = new Random(1, name);
  const draw = () => space.decode(new Float64Array(space.dimensions.length).map(() => random.uniform()));

  test('no draw is below the optimum', () => {
    const values = Array.from({ length: 500 }, () => task.value(new Point(draw())));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(task.optimum - 1e-9);
  });

  test('random search gets about where it is said to get', () => {
    const reached = Array.from({ length: 25 }, () =>
      Math.min(...Array.from({ length: 100 }, () => task.value(new Point(draw())))),
    ).sort((a, b) => a - b);
    expect(reached[3]).toBeLessThanOrEqual(task.randomBest);
    expect(reached[21]).toBeGreaterThanOrEqual(task.randomBest);
  });
});

test.each(Object.entries(BEST))('the optimum of %s is where it is known to be', (name, params) => {
  const task = tasks.find((one) => one.name === name)!;
  expect(task.value(new Point(params))).toBeCloseTo(task.optimum, 5);
});
