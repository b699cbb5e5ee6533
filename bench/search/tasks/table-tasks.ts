import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchTask, Point } from '../bench-task.js';
import type { BenchParameter } from '../parameters.js';

/** A grid of measured values; see the README beside the files. */
interface ScoreTable {
  readonly name: string;
  readonly description: string;
  readonly space: readonly BenchParameter[];
  readonly axes: readonly Axis[];
  readonly shape: readonly number[];
  /** In the order of the axes, the last one fastest. */
  readonly values: readonly number[];
  readonly fstar: number;
  readonly random100_median: number;
}

type Axis = { readonly name: string } & (
  | { readonly type: 'categorical'; readonly choices: readonly string[] }
  | { readonly type: 'int' | 'float'; readonly knots: readonly number[]; readonly log: boolean }
);

const NAMES = ['svc_digits', 'rf_wine', 'knn_digits'];

/** @param root the project's folder. */
export function readTableTasks(root: string): BenchTask[] {
  return NAMES.map((name) => {
    const table: ScoreTable = JSON.parse(readFileSync(join(root, 'bench/data/search', `${name}.json`), 'utf8'));
    return {
      name,
      about: table.description,
      space: table.space,
      optimum: table.fstar,
      randomBest: table.random100_median,
      value: (point) => interpolate(table, point),
    };
  });
}

/** Multilinear between the knots, on a logarithmic scale where the axis has one. */
function interpolate(table: ScoreTable, point: Point): number {
  const places = table.axes.map((axis) => placeOn(axis, point));
  let sum = 0;
  for (let corner = 0; corner < 1 << places.length; corner++) {
    let weight = 1;
    let index = 0;
    for (const [axis, { low, share }] of places.entries()) {
      const upper = (corner >> axis) & 1;
      weight *= upper === 1 ? share : 1 - share;
      index = index * table.shape[axis]! + low + upper;
    }
    if (weight !== 0) sum += weight * table.values[index]!;
  }
  return sum;
}

function placeOn(axis: Axis, point: Point): { readonly low: number; readonly share: number } {
  if (axis.type === 'categorical') return { low: axis.choices.indexOf(point.choice(axis.name)), share: 0 };
  const { knots } = axis;
  const scale = axis.log ? Math.log : (value: number) => value;
  const value = Math.min(Math.max(point.number(axis.name), knots[0]!), knots[knots.length - 1]!);
  let low = 0;
  while (low < knots.length - 2 && value >= knots[low + 1]!) low++;
  return { low, share: (scale(value) - scale(knots[low]!)) / (scale(knots[low + 1]!) - scale(knots[low]!)) };
}
