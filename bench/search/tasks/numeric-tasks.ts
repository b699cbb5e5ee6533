import type { BenchTask, Point } from '../bench-task.js';
import { cube, float, int, logFloat } from '../parameters.js';
import { dent, square } from './shapes.js';

/** Of Hartmann's function of six variables, L. C. W. Dixon and G. P. Szegö, "Towards global optimisation 2" (1978). */
const HARTMANN_HEIGHTS = [1, 1.2, 3, 3.2];
const HARTMANN_WIDTHS = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
];
const HARTMANN_CENTRES = [
  [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
  [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
  [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
  [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
];
const ACKLEY_CENTRE = [7.1, -11.3, 3.7, 14.9, -5.3];

export const NUMERIC_TASKS: readonly BenchTask[] = [
  {
    name: 'branin2',
    about: 'Branin, three optima',
    space: [float('x1', -5, 10), float('x2', 0, 15)],
    optimum: 0.39788735772973816,
    randomBest: 0.7697428540511275,
    value(point) {
      const x = point.number('x1');
      const valley = point.number('x2') - (5.1 / (4 * Math.PI ** 2)) * x * x + (5 / Math.PI) * x - 6;
      return valley * valley + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
    },
  },
  {
    name: 'ackley5',
    about: 'Ackley, optimum off centre, many local ones',
    space: cube(5, -32.768, 32.768),
    optimum: 0,
    randomBest: 17.338939896671675,
    value(point) {
      const offsets = read(point, 5).map((x, i) => x - ACKLEY_CENTRE[i]!);
      const squares = sum(offsets.map(square)) / 5;
      const waves = sum(offsets.map((offset) => Math.cos(2 * Math.PI * offset))) / 5;
      return -20 * Math.exp(-0.2 * Math.sqrt(squares)) - Math.exp(waves) + 20 + Math.E;
    },
  },
  {
    name: 'rosenbrock4',
    about: 'log(1 + Rosenbrock), a curved valley',
    space: cube(4, -5, 10),
    optimum: 0,
    randomBest: 7.154725693350063,
    value: (point) => Math.log1p(rosenbrock(read(point, 4))),
  },
  {
    name: 'hartmann6',
    about: 'Hartmann, two coordinates that matter little',
    space: cube(6, 0, 1),
    optimum: -3.32236801141551,
    randomBest: -2.0418630716170103,
    value(point) {
      const x = read(point, 6);
      const hills = HARTMANN_HEIGHTS.map((height, hill) => {
        const terms = x.map((at, i) => HARTMANN_WIDTHS[hill]![i]! * square(at - HARTMANN_CENTRES[hill]![i]!));
        return height * Math.exp(-sum(terms));
      });
      return -sum(hills);
    },
  },
  {
    name: 'levy8',
    about: 'Levy, optimum off centre, many local ones, 8 coordinates',
    space: cube(8, -10, 10),
    optimum: 0,
    randomBest: 18.631049590462403,
    value(point) {
      const w = read(point, 8).map((x, i) => 1 + (x - 1 - (i % 3)) / 4);
      const inner = w.slice(0, 7).map((at) => square(at - 1) * (1 + 10 * square(Math.sin(Math.PI * at + 1))));
      const last = square(w[7]! - 1) * (1 + square(Math.sin(2 * Math.PI * w[7]!)));
      return square(Math.sin(Math.PI * w[0]!)) + sum(inner) + last;
    },
  },
  {
    name: 'wide20',
    about: '20 coordinates, each worth less than the one before',
    space: cube(20, 0, 1),
    optimum: 0,
    randomBest: 0.158250398677079,
    value(point) {
      const offsets = read(point, 20).map((x, i) => x - (0.2 + 0.6 * ((i * 0.618034) % 1)));
      const coupled = offsets.map((offset, i) => offset - 0.5 * (offsets[i + 1] ?? 0));
      return sum(coupled.map((offset, i) => square(offset) / (i + 1)));
    },
  },
  {
    name: 'noisy4',
    about: 'noise of the size of what is to be gained',
    space: [logFloat('rate', 1e-4, 1), logFloat('penalty', 1e-6, 1), int('depth', 1, 10), float('share', 0.2, 1)],
    optimum: 0.1,
    randomBest: 0.1092424146515138,
    noise: 0.006,
    value(point) {
      const rate = point.magnitude('rate') + 1.5;
      const penalty = point.magnitude('penalty') + 3 + 0.5 * rate;
      const depth = point.number('depth') - 6;
      const share = point.number('share') - 0.8;
      return 0.1 + 0.08 * dent(rate) + 0.05 * dent(0.4 * penalty) + 0.06 * dent(0.25 * depth) + 0.04 * square(share);
    },
  },
];

function read(point: Point, dimensions: number): number[] {
  return Array.from({ length: dimensions }, (_, i) => point.number(`x${i + 1}`));
}

function rosenbrock(x: readonly number[]): number {
  return sum(x.slice(0, -1).map((at, i) => 100 * square(x[i + 1]! - at * at) + square(1 - at)));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
