import { describe, expect, test } from 'vitest';
import { Random } from '../../../../src/random.js';
import { treeFeatures } from '../../../../src/trainers/trees/bins/tree-features.js';
import { treeTrainingSet } from '../../../../src/trainers/trees/bins/tree-training-set.js';
import { BootstrapDraw } from '../../../../src/trainers/trees/forest/bootstrap-draw.js';
import { type ForestOptions, forestOptions } from '../../../../src/trainers/trees/forest/forest-options.js';
import { ForestRows } from '../../../../src/trainers/trees/forest/forest-rows.js';

const ROWS = 1000;
/** One row in five is of class 1. */
const target = new Float64Array(ROWS).map((_, row) => (row % 5 === 0 ? 1 : 0));

function draw(changes: Partial<ForestOptions>, weights?: Float64Array) {
  const set = treeTrainingSet({
    features: { data: new Float64Array(ROWS).map((_, row) => row), rows: ROWS, columns: 1 },
    columns: ['x'],
    target,
    classes: ['no', 'yes'],
    ...(weights === undefined ? {} : { weights }),
  });
  const options = { ...forestOptions({ bootstrap: true }, true, ROWS, 1), classWeight: null, ...changes };
  const features = treeFeatures(set.binned, set.rows, set.encoding);
  const rows = new ForestRows(features, set.rows, ROWS);
  const draws = new BootstrapDraw(set, options, rows);
  const next = () => {
    const placed = draws.next(new Random(1, 'tree'));
    const weightOf = Array.from({ length: ROWS }, (_, row) => rows.moments[2 * row + 1]!);
    return { places: Array.from(rows.places.subarray(0, placed)), weightOf };
  };
  next();
  rows.places.reverse();
  // The second draw is not to depend on what the first tree left behind.
  return next();
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const sumOfClass = (weightOf: readonly number[], wanted: number) =>
  sum(weightOf.filter((_, row) => target[row] === wanted));

describe('BootstrapDraw', () => {
  test('the weights are how often rows were drawn; the places are those of the others, ascending', () => {
    const { places, weightOf } = draw({ drawnRows: 600 });
    expect(sum(weightOf)).toBe(600);
    expect(places).toEqual([...weightOf.keys()].filter((row) => weightOf[row]! > 0));
    // 1 - (1 - 1/n)^600 of the rows are expected, give or take a few.
    expect(places.length / ROWS).toBeGreaterThan(0.4);
    expect(places.length / ROWS).toBeLessThan(0.5);
  });

  test('without bootstrap all rows, each once', () => {
    const { places, weightOf } = draw({ bootstrap: false });
    expect(places).toEqual([...weightOf.keys()]);
    expect(weightOf).toEqual(weightOf.map(() => 1));
  });

  test('row weights multiply the counts, in proportion', () => {
    const plain = draw({ drawnRows: ROWS }).weightOf;
    const weighted = draw(
      { drawnRows: ROWS },
      new Float64Array(ROWS).map((_, row) => (row % 2 === 0 ? 8 : 2)),
    ).weightOf;
    for (const [row, count] of plain.entries()) expect(weighted[row]).toBe(count * (row % 2 === 0 ? 0.5 : 0.125));
  });

  test('balanced classes have the same weight: over all rows, or over those drawn', () => {
    const all = draw({ bootstrap: false, classWeight: 'balanced' }).weightOf;
    expect(sumOfClass(all, 0)).toBeCloseTo(ROWS / 2, 3);
    expect(sumOfClass(all, 1)).toBeCloseTo(ROWS / 2, 3);
    const drawn = draw({ drawnRows: 300, classWeight: 'balanced_subsample' }).weightOf;
    expect(sumOfClass(drawn, 0)).toBeCloseTo(150, 3);
    expect(sumOfClass(drawn, 1)).toBeCloseTo(150, 3);
  });
});
