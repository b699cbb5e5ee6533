import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DataError, UsageError } from '../../src/errors.js';
import { type InitOptions, initSpaceFile } from '../../src/init/init-space-file.js';
import { searchedParameters } from '../../src/init/space-file-text.js';
import { prepareStudy } from '../../src/runs/prepare-study.js';
import { loadSpec } from '../../src/spec/load-spec.js';
import { TRAINERS } from '../../src/trainers/index.js';
import type { ParameterDescription, Trainer } from '../../src/trainers/trainer.js';

const DESCRIPTION: ParameterDescription = { name: '', rule: '', summary: '', default: null, accepts: () => true };

const DATA = resolve(import.meta.dirname, '../../search-spaces/data');

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cml-init-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

function init(dataFile: string, more: Partial<InitOptions> = {}) {
  return initSpaceFile({ dataFile, directory, schemaFile: join(directory, 'node_modules/schema.json'), ...more });
}

async function initTable(text: string, more: Partial<InitOptions> = {}) {
  await writeFile(join(directory, 'table.csv'), text);
  const result = await init('table.csv', more);
  return { result, text: await readFile(result.file, 'utf8') };
}

describe('initSpaceFile', () => {
  test.each([
    ['iris', 'species', 'classification', 'accuracy'],
    ['breast_cancer', 'diagnosis', 'classification', 'roc_auc'],
    ['penguins', 'species', 'classification', 'accuracy'],
    ['credit', 'Status', 'classification', 'roc_auc'],
    ['churn', 'churn', 'classification', 'roc_auc'],
    ['diabetes', 'progression', 'regression', 'r2'],
    ['concrete', 'compressive_strength', 'regression', 'r2'],
  ])('writes a valid file for %s', async (name, target, task, metric) => {
    const result = await init(join(DATA, `${name}.csv`));
    expect(result).toMatchObject({ target, task, metric, target_guessed: true, excluded: [] });
    const { spec, warnings } = await loadSpec(result.file);
    expect(warnings).toEqual([]);
    const study = await prepareStudy(spec);
    expect(study.settings.metrics[0]).toBe(metric);
    expect(spec.models.map((model) => model.use)).toEqual(
      TRAINERS.filter(
        (trainer) => trainer.suggested && trainer.tasks.includes(study.work.evaluation!.dataset.target.task),
      ).map((trainer) => trainer.name),
    );
  });

  test('points an editor to the schema, and explains what it left out', async () => {
    const rows = Array.from(
      { length: 60 },
      (_, row) => `c${row},${row % 7},2024-01-${10 + (row % 20)},${row % 3 ? 'no' : 'yes'}`,
    );
    const { result, text } = await initTable(`customer,visits,since,bought it?\n${rows.join('\n')}\n`, {
      target: 'bought it?',
    });
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=node_modules/schema.json');
    expect(text).toContain('  file: table.csv\n');
    expect(text).toMatch(/- customer {2,}# another text in most rows/);
    expect(text).toMatch(/since: numeric {2,}# dates/);
    expect(text).toMatch(/positive: "yes"/);
    expect(result).toMatchObject({ target_guessed: false, excluded: [{ name: 'customer' }] });
    const { spec } = await loadSpec(result.file);
    expect(spec.data).toMatchObject({ target: 'bought it?', exclude: ['customer'], types: { since: 'numeric' } });
    expect((await prepareStudy(spec)).work.evaluation!.dataset.features.map((feature) => feature.name)).toEqual([
      'visits',
      'since',
    ]);
  });

  describe('the schema', () => {
    const TABLE = 'x,y\n1,a\n2,b\n3,a\n4,b\n';
    const SCHEMA = 'concurrent-ml/search-spaces/schema.json';
    const firstLine = async (schemaFile: string) => (await initTable(TABLE, { schemaFile })).text.split('\n')[0];

    test.each([
      ['in the folder', `node_modules/${SCHEMA}`, `node_modules/${SCHEMA}`],
      ['above the folder', `../node_modules/${SCHEMA}`, `../node_modules/${SCHEMA}`],
      ['of a clone that holds the folder', '../search-spaces/schema.json', '../search-spaces/schema.json'],
    ])('installed %s is a relative path', async (_where, place, written) => {
      expect(await firstLine(join(directory, place))).toBe(`# yaml-language-server: $schema=${written}`);
    });

    test.each([
      ['for the whole machine', `/usr/lib/node_modules/${SCHEMA}`],
      ['for one call', join(tmpdir(), `.npm/_npx/1f/node_modules/${SCHEMA}`)],
      ['in a project beside the folder', join(tmpdir(), `other/node_modules/${SCHEMA}`)],
      ['as a clone elsewhere', '/opt/concurrent-ml/search-spaces/schema.json'],
    ])('installed %s is left out, for the path would break when the file is shared', async (_where, schemaFile) => {
      const line = await firstLine(schemaFile);
      expect(line).toMatch(/^# Editors .* search-spaces\/schema\.json of the package concurrent-ml\.$/);
      expect(line).not.toContain('yaml-language-server');
    });
  });

  test('fits the folds to a rare class', async () => {
    const rows = Array.from({ length: 30 }, (_, row) => `${row % 9},${row < 3 ? 'rare' : 'usual'}`);
    const { result } = await initTable(`x,y\n${rows.join('\n')}\n`);
    const { spec } = await loadSpec(result.file);
    expect(spec.evaluation).toMatchObject({ cv: { kind: 'stratified', folds: 3 } });
    expect((await prepareStudy(spec)).work.evaluation!.folds).toHaveLength(3);
  });

  test('never overwrites a file', async () => {
    await writeFile(join(directory, 'table.yaml'), 'mine');
    const failure = await initTable('x,y\n1,a\n2,b\n3,a\n4,b\n').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UsageError);
    expect(failure).toHaveProperty('hint', expect.stringContaining('rename'));
    expect(await readFile(join(directory, 'table.yaml'), 'utf8')).toBe('mine');
  });

  test('refuses a target that is no column, and a table that cannot be used', async () => {
    const failure = await initTable('x,label\n1,a\n2,b\n', { target: 'lable' }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UsageError);
    expect(failure).toHaveProperty('hint', 'did you mean "label"?');
    const missing = await init('missing.csv').catch((error: unknown) => error);
    expect(missing).toBeInstanceOf(DataError);
    expect(missing).toHaveProperty('hint', 'its path is relative to the current folder');
    await expect(initTable('x,y\n')).rejects.toBeInstanceOf(DataError);
  });
});

test('leaves out a parameter that matters only for values that are not searched', () => {
  const trainer = (kernels: readonly string[]): Trainer => ({
    ...TRAINERS[0]!,
    parameters: [
      { ...DESCRIPTION, name: 'kernel', search: { values: kernels } },
      { ...DESCRIPTION, name: 'gamma', search: { min: 0, max: 1 }, when: "kernel != 'linear'" },
      { ...DESCRIPTION, name: 'degree', search: { min: 2, max: 5 }, when: "kernel == 'poly'" },
      { ...DESCRIPTION, name: 'tol' },
    ],
  });
  const names = (kernels: readonly string[]) => searchedParameters(trainer(kernels)).map(({ name }) => name);
  expect(names(['linear', 'rbf', 'poly'])).toEqual(['kernel', 'gamma', 'degree']);
  expect(names(['linear', 'rbf'])).toEqual(['kernel', 'gamma']);
});

test('no trainer has a condition on a range in the short form, which has no place for it', () => {
  for (const trainer of TRAINERS) {
    for (const { name, search, when } of trainer.parameters) {
      expect(typeof search === 'string' && when !== undefined, `${trainer.name}.${name}`).toBe(false);
    }
  }
});
