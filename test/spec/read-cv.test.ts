import { expect, test } from 'vitest';
import { parseSpec } from '../../src/spec/load-spec.js';
import type { DataStudySpec } from '../../src/spec/spec.js';

function load(data: string, cv: string) {
  const text = `data: {file: a.csv, target: y${data}}
evaluation: {cv: {${cv}}}
models: {m: {use: knn}}
`;
  const { spec, warnings } = parseSpec(text, { file: 'space.yaml', directory: '/', name: 'space' });
  return { spec: spec as DataStudySpec, warnings };
}

test('groups divide the rows by group, unless another kind is asked for', () => {
  const { spec, warnings } = load(', groups: house', 'folds: 3');
  expect(spec.evaluation.cv).toEqual({ kind: 'group', folds: 3, repeats: 1 });
  expect(warnings).toEqual([]);
});

test('groups beside another kind are warned of: they would be in training and test', () => {
  const { spec, warnings } = load(', groups: house', 'kind: stratified');
  expect(spec.evaluation.cv).toMatchObject({ kind: 'stratified' });
  expect(warnings).toEqual([
    expect.objectContaining({ path: 'data.groups', line: 1, message: expect.stringContaining('kind group only') }),
  ]);
});

test('without groups the kind is left to the data', () => {
  expect(load('', 'folds: 4').spec.evaluation.cv).toEqual({ folds: 4, repeats: 1 });
});
