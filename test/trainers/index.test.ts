import { describe, expect, test } from 'vitest';
import { yamlRange } from '../../src/init/yaml-text.js';
import { parseSpec } from '../../src/spec/load-spec.js';
import { completeParams, findTrainer, parameterProblems, TRAINERS } from '../../src/trainers/index.js';

describe('the index of trainers', () => {
  test('names are unique and findable', () => {
    expect(new Set(TRAINERS.map(({ name }) => name)).size).toBe(TRAINERS.length);
    for (const trainer of TRAINERS) expect(findTrainer(trainer.name)).toBe(trainer);
    expect(findTrainer('no-such')).toBeUndefined();
  });

  test('every trainer of this project can load its saved models', () => {
    const without = TRAINERS.filter((trainer) => trainer.load === undefined).map((trainer) => trainer.name);
    expect(without).toEqual(['ml-random-forest', 'ml-svm']);
  });

  test.each(TRAINERS)('the ranges of $name worth searching make a space file together', (trainer) => {
    const searched = trainer.parameters.filter((parameter) => parameter.search !== undefined);
    const lines = searched.map(({ name, search, when }) => `      ${name}: ${yamlRange(search!, when)}\n`);
    const parameters = lines.length === 0 ? '' : `    parameters:\n${lines.join('')}`;
    const text = `data: {file: a.csv, target: y}\nsearch: {trials: 1}\nmodels:\n  m:\n    use: ${trainer.name}\n${parameters}`;
    const { spec, warnings } = parseSpec(text, { file: 's.yaml', directory: '.', name: 's' });
    expect(warnings).toEqual([]);
    expect(spec.space.parameters.map(({ name }) => name)).toEqual(
      expect.arrayContaining(searched.map(({ name }) => `m.${name}`)),
    );
  });

  test('parameters not given get their defaults', () => {
    expect(completeParams(findTrainer('knn')!, { n_neighbors: 3 })).toEqual({
      n_neighbors: 3,
      weights: 'uniform',
      p: 2,
    });
  });

  test('every problem is told with the trainer, the rule and the value', () => {
    const knn = findTrainer('knn')!;
    expect(parameterProblems(knn, { n_neighbors: 0, p: Number.NaN, k: 3, weights: 'distance' })).toEqual([
      { name: 'n_neighbors', message: 'must be a whole number >= 1, got 0' },
      { name: 'p', message: 'must be a number >= 1, got NaN' },
      { name: 'k', message: 'is no parameter of knn, which has n_neighbors, weights, p' },
    ]);
    expect(() => completeParams(knn, { weights: 'far', n_neighbors: 2.5 })).toThrow(
      'knn: weights must be one of uniform, distance, got "far"; n_neighbors must be a whole number >= 1, got 2.5',
    );
  });
});
