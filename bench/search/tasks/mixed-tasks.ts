import type { BenchTask } from '../bench-task.js';
import { choice, float, int, logFloat, logInt } from '../parameters.js';
import { dent, square } from './shapes.js';

/** Best magnitude of the learning rate, and the loss that remains there. */
const OPTIMIZERS: Readonly<Record<string, readonly [number, number]>> = {
  sgd: [-0.5, 0.12],
  momentum: [-1.5, 0.05],
  adam: [-3, 0],
  rmsprop: [-3.3, 0.06],
};

export const MIXED_TASKS: readonly BenchTask[] = [
  {
    name: 'mixed6',
    about: 'a network: a choice, three whole numbers',
    space: [
      choice('optimizer', Object.keys(OPTIMIZERS)),
      logFloat('lr', 1e-5, 1),
      int('layers', 1, 8),
      logInt('units', 16, 512),
      float('dropout', 0, 0.7),
      int('batch_size', 16, 256, { step: 16 }),
    ],
    optimum: 0,
    randomBest: 0.09857343911327679,
    value(point) {
      const [magnitude, base] = OPTIMIZERS[point.choice('optimizer')]!;
      const rate = point.magnitude('lr') - magnitude - 0.5 * Math.log10(point.number('batch_size') / 64);
      const size = Math.log2(point.number('units')) + point.number('layers');
      const dropout = point.number('dropout') - 0.06 * (size - 7);
      const layers = point.number('layers') - 4;
      return (
        base +
        (0.6 * rate * rate) / (1 + 0.5 * rate * rate) +
        0.03 * square(size - 11) +
        0.9 * square(dropout) +
        0.012 * square(layers) +
        0.02 * square(Math.sin(2.5 * rate))
      );
    },
  },
  {
    name: 'boosting6',
    about: 'boosted trees: rate against number of trees',
    space: [
      logFloat('rate', 1e-3, 1),
      logInt('trees', 10, 1000),
      int('depth', 1, 12),
      float('share', 0.3, 1),
      logFloat('penalty', 1e-6, 10),
      logInt('leaf', 1, 100),
    ],
    optimum: 0.1,
    randomBest: 0.1278607513141136,
    value(point) {
      const rate = point.magnitude('rate') + 0.8 * (point.magnitude('trees') - 2) + 1;
      const depth = point.number('depth') - 5;
      const leaf = Math.log10(point.number('leaf') / 8);
      return (
        0.1 +
        0.15 * dent(2 * rate) +
        (0.004 * depth * depth) / (1 + 0.05 * depth * depth) +
        0.05 * square(point.number('share') - 0.75) +
        0.004 * square(point.magnitude('penalty') + 1) +
        0.02 * leaf * leaf +
        0.01 * square(Math.log10(point.number('trees') / 316)) +
        0.01 * Math.abs(depth * leaf)
      );
    },
  },
  {
    name: 'choices7',
    about: 'mostly choices, which depend on each other',
    space: [
      choice('a', ['p', 'q', 'r', 's']),
      choice('b', ['p', 'q', 'r']),
      choice('c', ['p', 'q', 'r', 's', 't']),
      choice('d', ['y', 'n']),
      int('k', 1, 20),
      float('u', 0, 1),
      logFloat('w', 1e-4, 1),
    ],
    optimum: 0,
    randomBest: 0.06762446318254145,
    value(point) {
      const a = point.choice('a');
      const b = point.choice('b');
      const bestK = { p: 4, q: 12, r: 8, s: 15 }[a]!;
      const bestU = { p: 0.3, q: 0.7, r: 0.5 }[b]!;
      return (
        { p: 0.1, q: 0, r: 0.2, s: 0.15 }[a]! +
        { p: 0, q: 0.08, r: 0.12 }[b]! * (a === 'q' ? 1 : 0.6) +
        { p: 0.05, q: 0.1, r: 0.02, s: 0, t: 0.12 }[point.choice('c')]! +
        (point.choice('d') === 'y' ? 0 : 0.03) +
        0.001 * square(point.number('k') - bestK) +
        0.3 * square(point.number('u') - bestU) +
        0.02 * square(point.magnitude('w') + 2)
      );
    },
  },
  {
    name: 'integers8',
    about: 'whole numbers only, of small and large ranges',
    space: [
      logInt('first', 8, 512),
      logInt('second', 8, 512),
      logInt('third', 8, 512),
      int('kernel', 1, 11),
      int('stride', 1, 4),
      int('depth', 1, 10),
      int('batch', 8, 256, { step: 8 }),
      int('patience', 1, 50),
    ],
    optimum: 0,
    randomBest: 0.09890292694877172,
    value(point) {
      const first = Math.log2(point.number('first')) - 5;
      const second = Math.log2(point.number('second')) - 6 - 0.5 * first;
      const third = Math.log2(point.number('third')) - 7 - 0.5 * second;
      const kernel = point.number('kernel') - 5;
      const stride = point.number('stride') - 2;
      return (
        0.02 * (square(first) + square(second) + square(third)) +
        0.06 * dent(0.4 * (kernel - 2 * stride)) +
        0.03 * Math.abs(stride) +
        0.004 * square(point.number('depth') - 4) +
        0.05 * dent(Math.log2(point.number('batch') / 64)) +
        0.02 * dent((point.number('patience') - 20) / 10)
      );
    },
  },
  {
    name: 'diverging6',
    about: 'heavy tail: beyond an edge next to the optimum the loss grows without bound',
    space: [
      logFloat('rate', 1e-5, 10),
      float('momentum', 0, 0.99),
      int('warmup', 0, 20),
      logInt('width', 8, 1024),
      logFloat('decay', 1e-7, 1e-1),
      float('clip', 0.1, 5),
    ],
    optimum: 0.05,
    randomBest: 0.09690274873590637,
    value(point) {
      const rate = point.magnitude('rate') - Math.log10(1 - point.number('momentum'));
      const excess = rate + 0.8 - 0.02 * point.number('warmup');
      return (
        0.05 +
        0.3 * dent(rate + 1.2) +
        0.05 * square(point.number('momentum') - 0.9) +
        0.03 * dent((point.number('warmup') - 8) / 6) +
        0.01 * square(Math.log2(point.number('width') / 256)) +
        0.05 * dent(0.5 * (point.magnitude('decay') + 4)) +
        0.005 * square(point.number('clip') - 1) +
        (excess > 0 ? Math.expm1(5 * excess) : 0)
      );
    },
  },
];
