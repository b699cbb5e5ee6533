import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/random.js';
import { ACTIVATIONS } from '../../../src/trainers/neural/activation.js';
import { backward, createGradients } from '../../../src/trainers/neural/backward.js';
import { createLayerValues, forward } from '../../../src/trainers/neural/forward.js';
import { createNetwork, type OutputKind } from '../../../src/trainers/neural/network.js';

const ROWS = 6;

describe.each(ACTIVATIONS)('%s', (activation) => {
  test.each([
    ['number', 1],
    ['binary', 1],
    ['classes', 3],
  ] as const)('gradients of a network for %s are those of finite differences', (output: OutputKind, outputs) => {
    const random = new Random(11, activation, output);
    const network = createNetwork([4, 5, 3, outputs], activation, output, random);
    const values = createLayerValues(network, ROWS);
    const gradients = createGradients(network, ROWS);
    const inputs = Float64Array.from({ length: 4 * ROWS }, () => random.normal());
    const target = Float64Array.from({ length: ROWS }, (_, i) =>
      output === 'number' ? random.normal() : i % Math.max(2, outputs),
    );
    const weights = Float64Array.from({ length: ROWS }, (_, i) => 0.5 + (i % 3) / 2);
    const loss = () => {
      values[0]!.set(inputs);
      forward(network, values, ROWS);
      return backward(network, values, target, weights, ROWS, 0.3, gradients);
    };
    loss();
    const analytic = [...gradients.weights, ...gradients.biases].map((part) => Float64Array.from(part));
    [...network.weights, ...network.biases].forEach((part, p) => {
      for (let i = 0; i < part.length; i++) {
        const before = part[i]!;
        const step = 1e-6;
        part[i] = before + step;
        const above = loss();
        part[i] = before - step;
        const below = loss();
        part[i] = before;
        expect(analytic[p]![i]).toBeCloseTo((above - below) / (2 * step), 5);
      }
    });
  });
});
