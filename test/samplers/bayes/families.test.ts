import { describe, expect, test } from 'vitest';
import { findFamilies } from '../../../src/samplers/bayes/families.js';
import { choice, familySpace, float, int, space } from '../../space/space-builder.js';

describe('findFamilies', () => {
  test('the choice that most parameters depend on, also through others', () => {
    const nested = space([
      float('shared', 0, 1),
      choice('model', ['tree', 'svm']),
      choice('kernel', ['rbf', 'linear'], { when: "model == 'svm'" }),
      float('gamma', 0, 1, { when: "kernel == 'rbf'" }),
      int('depth', 1, 9, { when: "model == 'tree'" }),
    ]);
    expect(findFamilies(nested)).toEqual({
      coordinate: 1,
      units: [0.25, 0.75],
      guesses: [
        { shared: 0.5, model: 'tree', depth: 5 },
        { shared: 0.5, model: 'svm', kernel: 'rbf', gamma: 0.5 },
      ],
    });
  });

  test('is the model where there are models', () => {
    const models = familySpace();
    const found = findFamilies(models)!;
    expect(models.dimensions[found.coordinate]!.name).toBe('model');
  });

  test.each([
    ['nothing is conditional', space([choice('a', ['x', 'y']), float('b', 0, 1)])],
    [
      'few depend on it',
      space([choice('a', ['x', 'y']), float('b', 0, 1, { when: "a == 'x'" }), float('c', 0, 1), float('d', 0, 1)]),
    ],
    ['conditions read numbers', space([int('a', 1, 5), float('b', 0, 1, { when: 'a > 2' })])],
  ])('there are none where %s', (_, flat) => {
    expect(findFamilies(flat)).toBeUndefined();
  });
});
