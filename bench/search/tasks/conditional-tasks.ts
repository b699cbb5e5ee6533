import type { BenchTask, Point } from '../bench-task.js';
import { choice, float, int, logFloat, logInt, whenIs } from '../parameters.js';
import { dent, square } from './shapes.js';

export const CONDITIONAL_TASKS: readonly BenchTask[] = [
  {
    name: 'cond_svm',
    about: 'kernel opens gamma, or degree and coef0',
    space: [
      choice('kernel', ['linear', 'rbf', 'poly']),
      logFloat('C', 1e-4, 1e4),
      ...whenIs('kernel', 'rbf', [logFloat('gamma', 1e-6, 100)]),
      ...whenIs('kernel', 'poly', [int('degree', 2, 5), float('coef0', 0, 3)]),
    ],
    optimum: 0.02,
    randomBest: 0.05367795526747808,
    value(point) {
      const cost = point.magnitude('C');
      switch (point.choice('kernel')) {
        case 'linear':
          return 0.12 + 0.02 * square(cost + 1);
        case 'rbf': {
          const gamma = point.magnitude('gamma') + 2.5;
          return 0.02 + 0.05 * Math.log1p(8 * square(cost - 1 + 0.8 * gamma)) + 0.02 * square(gamma);
        }
        default: {
          const shape = 0.03 * square(point.number('degree') - 3) + 0.02 * square(point.number('coef0') - 1.2);
          return 0.06 + 0.015 * square(cost) + shape;
        }
      }
    },
  },
  {
    name: 'network12',
    about: 'three choices, two of which open further parameters; 12 in all',
    space: [
      choice('optimizer', ['sgd', 'adam', 'rmsprop']),
      logFloat('rate', 1e-5, 1),
      ...whenIs('optimizer', 'sgd', [float('momentum', 0, 0.99)]),
      ...whenIs('optimizer', 'adam', [float('beta2', 0.9, 0.9999)]),
      int('layers', 1, 4),
      logInt('units', 8, 512),
      choice('activation', ['relu', 'tanh', 'gelu']),
      float('dropout', 0, 0.7),
      choice('schedule', ['none', 'cosine', 'step']),
      ...whenIs('schedule', 'step', [logFloat('factor', 0.01, 0.9), logInt('every', 1, 50)]),
      logFloat('decay', 1e-7, 1e-1),
    ],
    optimum: 0,
    randomBest: 0.053773256187835204,
    value(point) {
      const size = Math.log2(point.number('units')) + point.number('layers') - 9;
      return (
        optimizerLoss(point) +
        scheduleLoss(point) +
        0.006 * square(size) +
        0.003 * square(point.number('layers') - 3) +
        { relu: 0.005, tanh: 0.02, gelu: 0 }[point.choice('activation')]! +
        0.2 * square(point.number('dropout') - 0.2 - 0.02 * size) +
        0.004 * square(point.magnitude('decay') + 4)
      );
    },
  },
  {
    name: 'families3',
    about: 'three model families, one with a choice that opens parameters',
    space: [
      choice('model', ['linear', 'svm', 'boosting']),
      ...whenIs('model', 'linear', [logFloat('alpha', 1e-5, 1e3), float('l1', 0, 1)]),
      ...whenIs('model', 'svm', [logFloat('C', 1e-3, 1e4), choice('kernel', ['rbf', 'poly', 'linear'])]),
      ...whenIs('kernel', 'rbf', [logFloat('gamma', 1e-6, 10)]),
      ...whenIs('kernel', 'poly', [int('degree', 2, 6)]),
      ...whenIs('model', 'boosting', [logFloat('rate', 1e-3, 1), logInt('trees', 10, 1000), int('depth', 1, 12)]),
    ],
    optimum: 0.05,
    randomBest: 0.0620373721384984,
    value(point) {
      switch (point.choice('model')) {
        case 'linear':
          return 0.18 + 0.004 * square(point.magnitude('alpha') + 1) + 0.01 * square(point.number('l1') - 0.3);
        case 'svm':
          return kernelLoss(point);
        default: {
          const rate = point.magnitude('rate') + 0.8 * (point.magnitude('trees') - 2) + 1;
          const depth = point.number('depth') - 4;
          const trees = Math.log10(point.number('trees') / 400);
          return 0.05 + 0.12 * dent(1.5 * rate) + 0.1 * dent(0.17 * depth) + 0.02 * square(trees);
        }
      }
    },
  },
  {
    name: 'families4',
    about: 'four model families, the best of which looks bad almost everywhere',
    space: [
      choice('model', ['knn', 'forest', 'svm', 'mlp']),
      ...whenIs('model', 'knn', [logInt('neighbors', 1, 60), choice('metric', ['l1', 'l2', 'cosine'])]),
      ...whenIs('model', 'forest', [int('depth', 2, 30), float('features', 0.05, 1), logInt('leaf', 1, 50)]),
      ...whenIs('model', 'svm', [logFloat('C', 1e-3, 1e4), logFloat('gamma', 1e-6, 10)]),
      ...whenIs('model', 'mlp', [
        logFloat('rate', 1e-5, 0.1),
        logInt('width', 8, 512),
        choice('optimizer', ['sgd', 'adam']),
        float('momentum', 0, 0.99, { when: { param: 'optimizer', equals: 'sgd' } }),
      ]),
    ],
    optimum: 0.03,
    randomBest: 0.04885947928394052,
    value(point) {
      switch (point.choice('model')) {
        case 'knn':
          return (
            0.1 +
            0.03 * square(Math.log10(point.number('neighbors') / 6)) +
            { l1: 0.01, l2: 0.015, cosine: 0 }[point.choice('metric')]!
          );
        case 'forest':
          return (
            0.07 +
            0.4 * Math.exp(-point.number('depth') / 4) +
            0.05 * square(point.number('features') - 0.3) +
            0.02 * square(point.magnitude('leaf'))
          );
        case 'svm': {
          const gamma = point.magnitude('gamma');
          const ridge = point.magnitude('C') - 1 + 0.8 * (gamma + 2.5);
          return 0.03 + 0.2 * dent(ridge) + 0.015 * square(gamma + 2.5) + (gamma > -0.5 ? 0.2 : 0);
        }
        default: {
          const momentum = point.choice('optimizer') === 'sgd' ? point.number('momentum') : undefined;
          const rate = point.magnitude('rate') - (momentum === undefined ? -3 : -1.6 - 0.8 * momentum);
          const extra = momentum === undefined ? 0 : 0.015 + 0.03 * square(momentum - 0.9);
          return 0.045 + extra + 0.25 * dent(rate) + 0.006 * square(Math.log2(point.number('width')) - 7);
        }
      }
    },
  },
];

function optimizerLoss(point: Point): number {
  const rate = point.magnitude('rate');
  switch (point.choice('optimizer')) {
    case 'sgd': {
      const momentum = point.number('momentum');
      return 0.02 + 0.25 * dent(rate + 1.2 + 1.6 * (momentum - 0.9)) + 0.05 * square(momentum - 0.85);
    }
    case 'adam':
      return 0.25 * dent(rate + 3) + 0.01 * square((point.number('beta2') - 0.99) / 0.05);
    default:
      return 0.03 + 0.25 * dent(rate + 3.3);
  }
}

function scheduleLoss(point: Point): number {
  const schedule = point.choice('schedule');
  if (schedule !== 'step') return schedule === 'cosine' ? 0.008 : 0.02;
  return 0.02 * square(point.magnitude('factor') + 0.7) + 0.01 * square(point.magnitude('every') - 1);
}

function kernelLoss(point: Point): number {
  const cost = point.magnitude('C');
  switch (point.choice('kernel')) {
    case 'linear':
      return 0.15 + 0.008 * square(cost);
    case 'poly':
      return 0.12 + 0.006 * square(cost + 1) + 0.02 * square(point.number('degree') - 3);
    default: {
      const gamma = point.magnitude('gamma') + 3;
      return 0.055 + 0.06 * Math.log1p(3 * square(cost - 1.5 + 0.7 * gamma)) + 0.012 * square(gamma);
    }
  }
}
