import { expect, test } from 'vitest';
import { familyOf, isPreprocessing, preprocessingKey, shortName } from '../src/parameter-name.js';

test.each([
  ['model', undefined, 'model', undefined],
  ['C', undefined, 'C', undefined],
  ['svm.C', 'svm', 'C', undefined],
  ['preprocess.scale', undefined, 'preprocess.scale', 'scale'],
  ['svm.preprocess.scale', 'svm', 'preprocess.scale', 'scale'],
  ['preprocessing.C', 'preprocessing', 'C', undefined],
])('%s', (name, family, short, key) => {
  expect(familyOf(name)).toBe(family);
  expect(shortName(name)).toBe(short);
  expect(preprocessingKey(name)).toBe(key);
  expect(isPreprocessing(name)).toBe(key !== undefined);
});
