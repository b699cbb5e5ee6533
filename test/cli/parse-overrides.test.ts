import { expect, test } from 'vitest';
import { parseOverrides } from '../../src/cli/parse-overrides.js';
import { UsageError } from '../../src/errors.js';

test('splits at the first equals sign and keeps the order', () => {
  expect(
    parseOverrides(['search.trials=20', "models.svm.parameters.gamma={min: 1, max: 2, when: 'C == 1'}", 'name=']),
  ).toEqual([
    { path: 'search.trials', value: '20' },
    { path: 'models.svm.parameters.gamma', value: "{min: 1, max: 2, when: 'C == 1'}" },
    { path: 'name', value: '' },
  ]);
});

test.each(['search.trials', '=20', ''])('refuses %j', (setting) => {
  expect(() => parseOverrides([setting])).toThrow(UsageError);
});
