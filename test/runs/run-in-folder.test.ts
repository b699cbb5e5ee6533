import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_PREPROCESSING } from '../../src/data/preprocessing-options.js';
import { StorageError, UsageError } from '../../src/errors.js';
import type { Executor } from '../../src/executors/executor.js';
import type { StudySettings } from '../../src/journal/study-settings.js';
import { createSearch } from '../../src/runs/create-search.js';
import { IN_CODE } from '../../src/runs/open-run.js';
import { readRun } from '../../src/runs/read-run.js';
import { type FolderOptions, type FolderStudy, runInFolder } from '../../src/runs/run-in-folder.js';
import { bareSpecFromObject } from '../../src/spec/bare-spec.js';
import type { FoldOutcome } from '../../src/trial.js';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'cml-in-folder-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const FOLD: FoldOutcome = { state: 'completed', scores: { value: 0.5 }, fitSeconds: 0, scoreSeconds: 0 };

const WORK = { model: 'm', trainer: 'm', preprocessing: DEFAULT_PREPROCESSING, seed: 0 };

const SETTINGS: StudySettings = {
  name: 'observed',
  metrics: ['value'],
  goal: 'minimize',
  foldCount: 1,
  planned: 3,
  holdoutRows: 0,
  parameters: ['x'],
};

/** What happened, in order, and a study of three trials that is told of it. */
function observed(run: Executor['run'] = async () => FOLD, max = 1) {
  const calls: string[] = [];
  const spec = bareSpecFromObject({
    objective: { goal: 'minimize' },
    search: { trials: 3 },
    parameters: { x: { min: 0, max } },
  });
  const executor: Executor = {
    slots: 1,
    capacity: 1,
    run,
    async close() {
      calls.push('executor closed');
    },
  };
  const folderStudy: FolderStudy = {
    study: {
      spec: { ...spec, directory: root },
      work: { hash: IN_CODE },
      settings: SETTINGS,
      ...createSearch(spec, 'minimize', []),
      tasks: {
        ofTrial: (trial, params) => (fold) => ({ ...WORK, trial, fold, params }),
        ofBaseline: () => expect.unreachable(),
      },
    },
    hire(folder) {
      calls.push(`hired behind ${journalLines(folder)} lines`);
      return { executor };
    },
  };
  return { calls, folderStudy };
}

function journalLines(folder: string): number {
  const file = join(folder, 'journal.jsonl');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0;
}

const isLocked = (folder: string) => existsSync(join(folder, 'lock'));

test('a new run: workers are found before anything is written', async () => {
  const path = join(root, 'new');
  const { calls, folderStudy } = observed();
  const { state, folder, alreadyFinished } = await runInFolder(path, folderStudy, {});
  expect(calls).toEqual(['hired behind 0 lines', 'executor closed']);
  expect({ folder, alreadyFinished, status: state.status }).toEqual({
    folder: path,
    alreadyFinished: false,
    status: 'finished',
  });
  expect(isLocked(path)).toBe(false);
  expect(JSON.parse(readFileSync(join(path, 'leaderboard.json'), 'utf8'))).toMatchObject({
    status: 'finished',
    trials: { completed: 3 },
  });
});

test('a finished run is read; no workers are looked for', async () => {
  const path = join(root, 'finished');
  await runInFolder(path, observed().folderStudy, {});
  const lines = journalLines(path);
  const { calls, folderStudy } = observed();
  expect(await runInFolder(path, folderStudy, {})).toMatchObject({ folder: path, alreadyFinished: true });
  expect(calls).toEqual([]);
  expect([journalLines(path), isLocked(path)]).toEqual([lines, false]);
});

test('a run of another study stays as it is, and is free for others', async () => {
  const path = join(root, 'refused');
  await runInFolder(path, observed().folderStudy, { signal: AbortSignal.abort() });
  const lines = journalLines(path);
  const other = observed(undefined, 2);
  await expect(runInFolder(path, other.folderStudy, {})).rejects.toThrow('cannot go on with this space file');
  expect([other.calls, journalLines(path), isLocked(path)]).toEqual([[], lines, false]);
  const { calls, folderStudy } = observed();
  const { state } = await runInFolder(path, folderStudy, {});
  expect([calls[0], state.status]).toEqual([`hired behind ${lines} lines`, 'finished']);
});

test('with force the run that is there is set aside, and asked nothing', async () => {
  const path = join(root, 'force');
  await runInFolder(path, observed().folderStudy, {});
  const notes: string[] = [];
  const options: FolderOptions = { force: true, onNote: (text) => notes.push(text) };
  const { calls, folderStudy } = observed();
  expect(await runInFolder(path, folderStudy, options)).toMatchObject({ alreadyFinished: false });
  expect(calls).toEqual(['hired behind 0 lines', 'executor closed']);
  expect(notes).toEqual([`the run that was there is kept as ${path}.1`]);
  expect((await readRun(`${path}.1`)).state.status).toBe('finished');
});

test('without the workers it needs, nothing of the study is written', async () => {
  const path = join(root, 'no-workers');
  const { folderStudy } = observed();
  const hire = () => {
    throw new UsageError('too few');
  };
  await expect(runInFolder(path, { ...folderStudy, hire }, {})).rejects.toThrow('too few');
  expect([existsSync(join(path, 'journal.jsonl')), isLocked(path)]).toEqual([false, false]);
});

test('what breaks it leaves the folder free and the executor closed; the run goes on later', async () => {
  const path = join(root, 'broken');
  const broken = observed(() => Promise.reject(new RangeError('no worker starts')));
  await expect(runInFolder(path, broken.folderStudy, {})).rejects.toThrow('no worker starts');
  expect(broken.calls.at(-1)).toBe('executor closed');
  expect(isLocked(path)).toBe(false);
  const { state } = await runInFolder(path, observed().folderStudy, {});
  expect([state.status, state.trials.length]).toEqual(['finished', 3]);
});

test('one writer at a time', async () => {
  const path = join(root, 'two');
  let second: Promise<unknown> | undefined;
  const first = observed(async () => {
    second ??= runInFolder(path, observed().folderStudy, {}).catch((error: unknown) => error);
    await second;
    return FOLD;
  });
  await runInFolder(path, first.folderStudy, {});
  expect(await second).toBeInstanceOf(StorageError);
});
