import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { StorageError, UsageError } from '../../src/errors.js';
import { addTrial } from '../../src/runs/add-trial.js';
import { readRun } from '../../src/runs/read-run.js';
import { LockedFolder } from '../../src/runs/run-folder.js';
import { resume, tune } from '../../src/runs/tune.js';
import { parseSpec } from '../../src/spec/load-spec.js';
import type { StudyState } from '../../src/study/study-state.js';

const DATA = resolve(import.meta.dirname, '../../search-spaces/data');
const MODELS = `
models:
  knn: {use: knn, parameters: {n_neighbors: "int(1, 60)", weights: "choice(uniform, distance)"}}
  tree: {use: decision-tree, parameters: {max_depth: "int(1, 6)"}}
`;

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'cml-add-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function spec(trials: number, more = '', method = 'random') {
  const text = `data: {file: iris.csv, target: species}
evaluation: {cv: {folds: 2}}
search: {method: ${method}, trials: ${trials}}
${more}${MODELS}`;
  return parseSpec(text, { file: 'iris.yaml', directory: DATA, name: 'iris' }).spec;
}

let count = 0;
const newFolder = () => join(root, String(++count));
const paramsOf = ({ trials }: StudyState) => trials.map((trial) => trial.params);
const scoresOf = ({ trials }: StudyState) => trials.map((trial) => trial.score);

const MINE = { model: 'knn', 'knn.n_neighbors': 33 };

describe('a configuration that the user adds', () => {
  test('to a finished run is its next trial, and the only one', async () => {
    const out = newFolder();
    const before = await tune(spec(4), { out, workers: 0 });
    const added = await addTrial(out, MINE);
    expect(added).toMatchObject({ study: 'iris', trial: 4, params: { ...MINE, 'knn.weights': 'uniform' } });
    const waiting = await readRun(out);
    expect([waiting.state.status, waiting.state.settings.planned]).toEqual(['interrupted', 5]);
    const { state } = await resume(out, { workers: 0 });
    expect([state.status, state.stopped, state.proposed]).toEqual(['finished', 'trials', 5]);
    expect(paramsOf(state)).toEqual([...paramsOf(before.state), added.params]);
    expect(scoresOf(state).slice(0, 4)).toEqual(scoresOf(before.state));
    // What is replayed is what was.
    const { state: replayed } = await readRun(out);
    expect(paramsOf(replayed)).toEqual(paramsOf(state));
    expect(replayed.settings.planned).toBe(5);
  });

  test.each(['random', 'sobol', 'tpe'])('comes before what %s proposes, which stays as it was', async (method) => {
    const [out, whole] = [newFolder(), newFolder()];
    const undisturbed = await tune(spec(7, '', method), { out: whole, workers: 0 });
    await tune(spec(3, '', method), { out, workers: 0 });
    const { params } = await addTrial(out, MINE);
    const { state } = await tune(spec(7, '', method), { out, workers: 0 });
    expect(state.settings.planned).toBe(8);
    const expected = paramsOf(undisturbed.state);
    expect(paramsOf(state)).toEqual([...expected.slice(0, 3), params, ...expected.slice(3)]);
  });

  test('changes nothing about what a kill leaves behind: from any line of the journal, the same', async () => {
    const whole = newFolder();
    await tune(spec(12, '', 'tpe'), { out: whole, workers: 0 });
    await addTrial(whole, MINE);
    const { state } = await tune(spec(22, '', 'tpe'), { out: whole, workers: 0 });
    expect(state.proposed).toBe(23);
    const journal = readFileSync(join(whole, 'journal.jsonl'), 'utf8').split('\n');
    const added = journal.findIndex((line) => line.includes('"type":"added"'));
    // The line behind it is where the study was given more trials.
    for (let lines = added + 2; lines < journal.length; lines += 5) {
      const cut = newFolder();
      mkdirSync(cut);
      writeFileSync(join(cut, 'journal.jsonl'), `${journal.slice(0, lines).join('\n')}\n`);
      const resumed = await resume(cut, { workers: 0 });
      expect(paramsOf(resumed.state)).toEqual(paramsOf(state));
      expect(scoresOf(resumed.state)).toEqual(scoresOf(state));
    }
  });

  test('leaves no point of a grid out, and takes none twice', async () => {
    const [out, whole] = [newFolder(), newFolder()];
    const grid = spec(100, `constraints: ["model == 'tree' or knn.n_neighbors > 55"]`, 'grid');
    const undisturbed = await tune(grid, { out: whole, workers: 0 });
    const last = undisturbed.state.proposed - 1;
    // As after a kill: the first lines of the journal.
    const journal = readFileSync(join(whole, 'journal.jsonl'), 'utf8').split('\n');
    mkdirSync(out);
    writeFileSync(join(out, 'journal.jsonl'), `${journal.slice(0, 8).join('\n')}\n`);
    const { proposed } = (await readRun(out)).state;
    expect(proposed).toBeGreaterThan(0);
    expect(proposed).toBeLessThan(last);
    const { params } = await addTrial(out, undisturbed.state.params(last));
    const { state } = await resume(out, { workers: 0 });
    expect(paramsOf(state)[proposed]).toEqual(params);
    const texts = (given: StudyState) =>
      paramsOf(given)
        .map((one) => JSON.stringify(one))
        .sort();
    expect(texts(state)).toEqual(texts(undisturbed.state));
  });

  test('is followed by another one in their order', async () => {
    const out = newFolder();
    await tune(spec(2), { out, workers: 0 });
    const first = await addTrial(out, MINE);
    const second = await addTrial(out, { 'tree.max_depth': 2 });
    expect([first.trial, second.trial]).toEqual([2, 3]);
    await expect(addTrial(out, MINE)).rejects.toThrow('added already');
    const { state } = await resume(out, { workers: 0 });
    expect(paramsOf(state).slice(2)).toEqual([first.params, second.params]);
  });
});

describe('is refused', () => {
  let out: string;
  beforeAll(async () => {
    out = newFolder();
    await tune(spec(2), { out, workers: 0 });
  });

  test.each([
    [
      'a name that is no parameter',
      { 'knn.n_neighbor': 3 },
      /^--param knn\.n_neighbor: no such parameter.*n_neighbors/,
    ],
    ['a value out of range', { 'knn.n_neighbors': 61 }, /^--param knn\.n_neighbors: .*60/],
    ['a parameter of another model', { model: 'tree', 'knn.n_neighbors': 3 }, /not active/],
    ['two problems, both named', { a: 1, b: 2 }, /has 2 problems/],
  ])('%s', async (_, given, message) => {
    const error = await addTrial(out, given).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as UsageError).message).toMatch(message);
    expect((await readRun(out)).state.status).toBe('finished');
  });

  test('while another process has the run', async () => {
    const folder = await LockedFolder.open(out);
    try {
      await expect(addTrial(out, MINE)).rejects.toThrow(StorageError);
    } finally {
      folder.close();
    }
  });

  test('after a stop by the results', async () => {
    const stopped = newFolder();
    await tune(spec(5, 'objective: {metric: accuracy, target: 0.1}\n'), { out: stopped, workers: 0 });
    await expect(addTrial(stopped, MINE)).rejects.toThrow('the run was stopped by objective.target');
  });

  test('of a run that does not exist', async () => {
    await expect(addTrial(join(root, 'nothing'), MINE)).rejects.toThrow('no run at');
  });
});
