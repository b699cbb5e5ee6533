import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createStudy } from '../../src/api/create-study.js';
import { tune } from '../../src/api/tune.js';
import { SpaceFileError } from '../../src/errors.js';
import { createSearch } from '../../src/runs/create-search.js';
import { prepareStudy } from '../../src/runs/prepare-study.js';
import { bareSpecFromObject } from '../../src/spec/bare-spec.js';
import { specFromObject } from '../../src/spec/load-spec.js';

/** Each parameter alone can keep the constraint; together they cannot. */
const EMPTY = {
  objective: { goal: 'minimize' },
  parameters: { x: 'uniform(0, 1)', y: 'uniform(0, 1)' },
  constraints: ['x * 2 + y * 2 > 5'],
} as const;

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'cml-search-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('a space in which nothing can be found is refused before there is a study', () => {
  test('of an objective in code', async () => {
    const out = join(root, 'run');
    await expect(tune(EMPTY, { out, objective: () => expect.unreachable() })).rejects.toThrow(SpaceFileError);
    expect(existsSync(out)).toBe(false);
  });

  test('whose trials the caller evaluates', () => {
    expect(() => createStudy(EMPTY)).toThrow(SpaceFileError);
  });

  test('of a space file', async () => {
    const source = {
      data: { file: 'iris.csv', target: 'species' },
      models: { knn: { use: 'knn', parameters: { n_neighbors: 'int(1, 9)', p: 'int(1, 3)' } } },
      constraints: ['knn.n_neighbors * 2 + knn.p > 21'],
    };
    const directory = resolve(import.meta.dirname, '../../search-spaces/data');
    const { spec } = specFromObject(source, { directory, name: 'empty' });
    await expect(prepareStudy(spec)).rejects.toThrow(SpaceFileError);
  });
});

test.each([
  ['grid', false],
  ['random', false],
  ['sobol', false],
  ['bayes', true],
  ['tpe', true],
  ['gp', true],
  ['cma-es', true],
])('%s reads results: %s; it begins with what it is given', (method, adaptive) => {
  const parameters = { x: { min: 0, max: 1, grid: 5 } };
  const spec = bareSpecFromObject({ objective: { goal: 'minimize' }, search: { method, trials: 4 }, parameters });
  const search = createSearch(spec, 'minimize', [{ x: 0.125 }]);
  expect(search.adaptive).toBe(adaptive);
  expect(search.sampler.suggest(0, { ended: [], pending: [], has: () => false })).toEqual({ x: 0.125 });
});
