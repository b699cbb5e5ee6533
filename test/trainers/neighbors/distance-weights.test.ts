import { describe, expect, test } from 'vitest';
import { completeParams } from '../../../src/trainers/index.js';
import { knnTrainer } from '../../../src/trainers/knn.js';

async function probabilitiesAt(
  query: number,
  rows: readonly number[],
  p: number,
  neighbors: number,
): Promise<number[]> {
  const features = { data: Float64Array.from(rows), rows: rows.length, columns: 1 };
  const params = completeParams(knnTrainer, { n_neighbors: neighbors, weights: 'distance', p });
  const train = { features, target: Float64Array.of(0, 1, 1), classes: ['a', 'b'], columns: ['x'] };
  const model = await knnTrainer.fit(train, params, { seed: 1 });
  return [...model.predictProba!({ data: Float64Array.of(query), rows: 1, columns: 1 })];
}

describe('weights by the inverse of the distance', () => {
  test.each([1, 1e-150, 1e-310, 1e300])('are shares of one another at distances of %d', async (unit) => {
    // Distances 2, 1 and 1: a half against two wholes.
    const [a, b] = await probabilitiesAt(2 * unit, [0, unit, 3 * unit], 1, 3);
    expect(a).toBeCloseTo(0.2, 12);
    expect(b).toBeCloseTo(0.8, 12);
    expect(await probabilitiesAt(2 * unit, [0, unit, 3 * unit], 1, 2)).toEqual([0, 1]);
  });

  test.each([1, 1.5, 2])('rows at distance 0 take all of it, p %d', async (p) => {
    expect(await probabilitiesAt(1, [1, 1, 3], p, 3)).toEqual([0.5, 0.5]);
  });

  test.each([1.5, 2, 3])('are those of the distance, not of its power, p %d', async (p) => {
    const [a] = await probabilitiesAt(2, [0, 1, 3], p, 3);
    expect(a).toBeCloseTo(0.2, 12);
  });
});
