import { describe, expect, test } from 'vitest';
import { SpaceFileError, UsageError } from '../../src/errors.js';
import { parseSpec } from '../../src/spec/load-spec.js';
import type { DataStudySpec } from '../../src/spec/spec.js';

const TEXT = `data: {file: a.csv, target: y}
search:
  trials: 10
  initial:
    - {model: m, m.C: 1}
models:
  m:
    use: logistic-regression
    parameters:
      C: {min: 0.1, max: 10}
      tol: 1e-4
`;

function set(...pairs: readonly (readonly [string, string])[]) {
  const overrides = pairs.map(([path, value]) => ({ path, value }));
  return parseSpec(TEXT, { file: 'space.yaml', directory: '/', name: 'space', overrides }).spec as DataStudySpec;
}

test('what a flag of its own set is placed at that flag', () => {
  const overrides = [
    { path: 'search.method', value: 'foo', origin: '--method' },
    { path: 'seed', value: '-1', origin: '--seed' },
  ];
  try {
    parseSpec(TEXT, { file: 'space.yaml', directory: '/', name: 'space', overrides });
    expect.unreachable();
  } catch (error) {
    expect((error as SpaceFileError).issues.map(({ path, file }) => [path, file])).toEqual([
      ['search.method', '--method'],
      ['seed', '--seed'],
    ]);
  }
});

describe('--set', () => {
  test('replaces a value, creates keys, reaches into lists and dotted keys', () => {
    const spec = set(
      ['search.trials', '99'],
      ['evaluation.cv.folds', '3'],
      ['models.m.parameters.C.log', 'true'],
      ['search.initial.0.m.C', '5'],
      ['search.initial[1]', '{model: m, m.C: 7}'],
      ['preprocess.scale', '{values: [none, standard]}'],
      ['models.k', '{use: knn, parameters: {n_neighbors: "int(1, 5)"}}'],
    );
    expect(spec.search.trials).toBe(99);
    expect(spec.evaluation.cv).toMatchObject({ folds: 3 });
    expect(spec.space.parameters.find(({ name }) => name === 'm.C')?.domain).toMatchObject({ log: true, min: 0.1 });
    expect(spec.search.initial.map((params) => params['m.C'])).toEqual([5, 7]);
    expect(spec.models.map(({ name }) => name)).toEqual(['m', 'k']);
    expect(spec.space.parameters.map(({ name }) => name)).toContain('k.n_neighbors');
    expect(spec.source).toMatchObject({ search: { trials: 99 }, evaluation: { cv: { folds: 3 } } });
  });

  test('null removes a model and the type of a column, and is a value of a parameter', () => {
    const spec = set(
      ['models.k', '{use: knn}'],
      ['models.m', 'null'],
      ['search.initial', '[]'],
      ['data.types.x', 'numeric'],
      ['data.types.x', 'null'],
      ['models.t', '{use: decision-tree, parameters: {max_depth: 3}}'],
      ['models.t.parameters.max_depth', 'null'],
    );
    expect(spec.models.map(({ name }) => name)).toEqual(['k', 't']);
    expect(spec.source.data).toEqual({ file: 'a.csv', target: 'y', types: {} });
    expect(spec.space.parameters.find(({ name }) => name === 't.max_depth')?.domain).toMatchObject({ value: null });
    expect(() => set(['models.n', 'null'])).toThrow('--set models.n: there is nothing to remove; known: m');
  });

  test('values are YAML: short forms, text, nothing', () => {
    expect(set(['models.m.parameters.C', 'loguniform(1e-3, 1)']).space.parameters[1]?.domain).toMatchObject({
      min: 0.001,
      log: true,
    });
    expect(set(['name', 'other']).name).toBe('other');
    expect(set(['evaluation', '{racing: null}']).evaluation.holdout).toBe(0);
  });

  test.each([
    [
      'search.trials',
      'many',
      "search.trials: must be a whole number from 1 to 1000000, got 'many' (--set search.trials)",
    ],
    ['search.trails', '5', "search.trails: unknown key (did you mean 'trials'?) (--set search.trails)"],
    [
      'models.m.parameters.C.min',
      '90',
      'models.m.parameters.C: min must be <= max, got min 90, max 10 (space.yaml:10:7)',
    ],
    [
      'models.m.parameters.max_iter.min',
      '1',
      "models.m.parameters.max_iter: needs the key 'max': the greatest value (--set models.m.parameters.max_iter.min)",
    ],
    [
      'search.initial.0.m.C',
      '500',
      'search.initial[0].m.C: must be a number from 0.1 to 10, got 500 (--set search.initial[0].m.C)',
    ],
  ])('a wrong value is a problem of the space file: %s=%s', (path, value, message) => {
    const attempt = () => set([path, value]);
    expect(attempt).toThrow(SpaceFileError);
    expect(attempt).toThrow(message);
  });

  test.each([
    ['', '1'],
    ['search..trials', '1'],
    ['search.trials.x', '1'],
    ['models.m.use.x', '1'],
    ['search.initial.5', '{}'],
    ['search.initial.x', '1'],
    ['__proto__.polluted', '1'],
    ['search.trials', '{a: '],
    ['search.trials', '{a: 1, a: 2}'],
  ])('a path or value that cannot be is a mistake of usage: %s=%s', (path, value) => {
    expect(() => set([path, value])).toThrow(UsageError);
  });

  test.each([
    ['constraints.0', "model == 'm'", String.raw`constraints=["model == '\''m'\''"]`],
    ['models.m.constraints.0', 'C < 5', 'models.m.constraints=["C < 5"]'],
    ['objective.also[0]', 'f1', 'objective.also=["f1"]'],
  ])('an index into a list that is not there: says how to write it: %s', (path, value, remedy) => {
    const message = `so set the whole list: --set '${remedy}' (--set ${path.replace('[0]', '.0')})`;
    expect(() => set([path, value])).toThrow(message);
  });

  test('what that says can be done', () => {
    const { constraints } = set(['models.m.constraints', '["C < 5"]']).space;
    expect(constraints.map(({ text, family }) => [text, family])).toEqual([['C < 5', 'm']]);
  });

  test('a map may have numbers for keys', () => {
    expect(set(['data.types.0', 'categorical']).data.types).toEqual({ 0: 'categorical' });
  });

  test('fixing a parameter does not make the conditions of others mistakes', () => {
    const text = `data: {file: a.csv, target: y}
models:
  k:
    use: knn
    parameters:
      weights: {values: [uniform, distance]}
      p: {values: [1, 2], when: weights == 'distance'}
`;
    const options = { file: 'space.yaml', directory: '/', name: 'space' };
    const overrides = [{ path: 'models.k.parameters.weights', value: 'uniform' }];
    expect(parseSpec(text, { ...options, overrides }).spec.space.size).toBe(1);
    const fixed = text.replace('{values: [uniform, distance]}', 'uniform');
    expect(() => parseSpec(fixed, options)).toThrow('can never hold');
  });
});
