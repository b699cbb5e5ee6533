import { expect, test } from 'vitest';
import { orderByPrincipalComponent } from '../../../../src/trainers/trees/forest/category-order.js';

test('categories that lie along a line between class mixtures are ordered along it', () => {
  // Shares of three classes move from the first to the second; the third stays at a tenth.
  const steps = [0.5, 0, 0.9, 0.2, 0.7];
  const weights = steps.map((_, i) => 10 + i);
  const classWeights = Float64Array.from(
    steps.flatMap((t, i) => [0.9 * (1 - t), 0.9 * t, 0.1].map((p) => p * weights[i]!)),
  );
  const whole = Float64Array.from([0, 1, 2], (c) => classWeights.reduce((sum, w, i) => sum + (i % 3 === c ? w : 0), 0));
  const categories = Int32Array.of(0, 1, 2, 3, 4);
  orderByPrincipalComponent(categories, classWeights, whole, 3);
  const order = [...categories];
  expect([
    [1, 3, 0, 4, 2],
    [2, 4, 0, 3, 1],
  ]).toContainEqual(order);
});
