import { expect, test } from 'vitest';
import { Adam } from '../../../src/trainers/neural/adam.js';

test('three steps are those of the published algorithm', () => {
  const parameters = Float64Array.of(1, -2);
  const adam = new Adam([parameters], 0.01);
  // Algorithm 1 of the paper, with its bias-corrected moments.
  let m = 0;
  let v = 0;
  let expected = 1;
  for (const [t, gradient] of [0.5, -0.2, 3].entries()) {
    adam.step([Float64Array.of(gradient, 0)]);
    m = 0.9 * m + 0.1 * gradient;
    v = 0.999 * v + 0.001 * gradient * gradient;
    expected -= (0.01 * (m / (1 - 0.9 ** (t + 1)))) / (Math.sqrt(v / (1 - 0.999 ** (t + 1))) + 1e-8);
    expect(parameters[0]).toBeCloseTo(expected, 7);
  }
  expect(parameters[1]).toBe(-2);
});
