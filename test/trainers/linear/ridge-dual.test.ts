import { expect, test } from 'vitest';
import { completeParams } from '../../../src/trainers/index.js';
import { ridgeTrainer } from '../../../src/trainers/ridge.js';

test('dependent rows of a wide table, hardly penalised: the sum of squares of the columns that span it', async () => {
  const rows = 40;
  const columns = 90;
  const factors = 3;
  // Columns are sums of three cosines, orthogonal to one another and to a constant: the fit is their projection.
  const basis = (i: number, k: number): number => Math.cos((Math.PI * (k + 1) * (i + 0.5)) / rows);
  const data = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let c = 0; c < columns; c++) {
      for (let k = 0; k < factors; k++) data[i * columns + c]! += Math.sin((c + 1) * (k + 2)) * basis(i, k);
    }
  }
  const target = Float64Array.from({ length: rows }, (_, i) => Math.sin(i * i) + basis(i, 0));
  const mean = target.reduce((sum, value) => sum + value / rows, 0);
  let expected = target.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  for (let k = 0; k < factors; k++) {
    const along = target.reduce((sum, value, i) => sum + value * basis(i, k), 0);
    expected -= along ** 2 / (rows / 2);
  }
  const features = { data, rows, columns };
  const names = Array.from({ length: columns }, (_, c) => `x${c}`);
  for (const alpha of [1e-6, 1e-10, 1e-14]) {
    const params = completeParams(ridgeTrainer, { alpha });
    const model = await ridgeTrainer.fit({ features, target, columns: names }, params, { seed: 1 });
    const squares = model.predict(features).reduce((sum, value, i) => sum + (value - target[i]!) ** 2, 0);
    expect(squares / expected).toBeCloseTo(1, 6);
  }
});
