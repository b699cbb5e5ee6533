import { describe, expect, test } from 'vitest';
import { impossibleComparisons, parseExpression } from '../../src/space/expression.js';
import type { Domain } from '../../src/space/parameter.js';

const domains: Readonly<Record<string, Domain>> = {
  kernel: { kind: 'categorical', values: ['linear', 'rbf', 'poly'], ordered: false },
  depth: { kind: 'categorical', values: [null, 4, 8], ordered: true },
  flag: { kind: 'categorical', values: [true, false], ordered: false },
  n: { kind: 'int', min: 2, max: 10, log: false, step: 2 },
  C: { kind: 'float', min: 0.1, max: 1000, log: true },
  share: { kind: 'float', min: 0.5, max: 1, log: false, step: 0.1 },
  noise: { kind: 'normal', mean: 0, std: 1, log: true },
  scale: { kind: 'constant', value: 'none' },
  tolerance: { kind: 'constant', value: 0.001 },
  odd: { kind: 'int', min: 1, max: 10, log: false, step: 4 },
};

function messages(text: string): readonly string[] {
  return impossibleComparisons(parseExpression(text), (name) => domains[name]);
}

describe('is possible', () => {
  test.each([
    ["kernel == 'poly' and kernel != 'rbf'"],
    ["kernel in ['rbf', 'poly']"],
    ['depth == null or depth in [4, 8]'],
    ['n == 4 and n <= 3 and n > 8'],
    ['n < 100 and n >= 2 and 10 <= n and n > -5'],
    ['C > 999 and C >= 1000 and C < 0.2 and 0.1 >= C'],
    ['noise > 1e9 and noise < 1e-9'],
    ['tolerance <= 0.001 and tolerance < 1'],
    ['unknown > 3'],
    ['2 * n > 100'],
    ['n > C'],
    ['C == 0.1 and C == 1000'],
    ['share == 0.7 and share == 1'],
    ['noise == 3'],
    ["scale == 'none'"],
    ['flag == true'],
    ["unknown == 'x' and unknown in [1]"],
    ['n == C'],
    ['n + 1 == 4'],
    ['depth <= 4'],
  ])('%s', (text) => {
    expect(messages(text)).toEqual([]);
  });
});

describe('is impossible', () => {
  test.each([
    [
      "kernel == 'ploy'",
      ["`kernel == 'ploy'` can never hold: kernel is one of linear, rbf, poly (did you mean 'poly'?)"],
    ],
    [
      "'ploy' == kernel",
      ["`'ploy' == kernel` can never hold: kernel is one of linear, rbf, poly (did you mean 'poly'?)"],
    ],
    ["not kernel != 'sigmoid'", ["`kernel != 'sigmoid'` always holds: kernel is one of linear, rbf, poly"]],
    [
      "C > 1 and kernel in ['rbf', 'lineer', 3]",
      [
        "'lineer' in `kernel in ['rbf', 'lineer', 3]` can never be: kernel is one of linear, rbf, poly (did you mean 'linear'?)",
        "3 in `kernel in ['rbf', 'lineer', 3]` can never be: kernel is one of linear, rbf, poly",
      ],
    ],
    [
      "flag == 'true'",
      ["`flag == 'true'` can never hold: flag is one of true, false; without quotes it is the value true"],
    ],
    ['n == 3', ['`n == 3` can never hold: n is an integer from 2 to 10 in steps of 2']],
    ['n == 12', ['`n == 12` can never hold: n is an integer from 2 to 10 in steps of 2']],
    ["C == 'a'", ["`C == 'a'` can never hold: C is a number from 0.1 to 1000"]],
    ['share == 0.75', ['`share == 0.75` can never hold: share is a number from 0.5 to 1 in steps of 0.1']],
    ['noise == -1', ['`noise == -1` can never hold: noise is a number above 0']],
    ["scale == 'minmax'", ["`scale == 'minmax'` can never hold: scale is fixed at none"]],
    ['kernel < 3', ['`kernel < 3` can never hold: kernel has no numbers, it is one of linear, rbf, poly']],
    ['n > 10', ['`n > 10` can never hold: n is an integer from 2 to 10 in steps of 2']],
    ['not n >= 12', ['`n >= 12` can never hold: n is an integer from 2 to 10 in steps of 2']],
    ['30 < n', ['`30 < n` can never hold: n is an integer from 2 to 10 in steps of 2']],
    ['n < 2', ['`n < 2` can never hold: n is an integer from 2 to 10 in steps of 2']],
    ['1 >= n', ['`1 >= n` can never hold: n is an integer from 2 to 10 in steps of 2']],
    ['odd > 9', ['`odd > 9` can never hold: odd is an integer from 1 to 10 in steps of 4']],
    ['C <= 0.01', ['`C <= 0.01` can never hold: C is a number from 0.1 to 1000']],
    ['noise <= 0', ['`noise <= 0` can never hold: noise is a number above 0']],
    ['depth > 8', ['`depth > 8` can never hold: depth is one of null, 4, 8']],
    ['tolerance > 0.01', ['`tolerance > 0.01` can never hold: tolerance is fixed at 0.001']],
    ['depth == 5', ['`depth == 5` can never hold: depth is one of null, 4, 8']],
  ])('%s', (text, expected) => {
    expect(messages(text)).toEqual(expected);
  });
});
