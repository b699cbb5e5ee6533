import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CmlError, StorageError } from '../../src/errors.js';
import { buildLeaderboard } from '../../src/leaderboard/build-leaderboard.js';
import { addTrial } from '../../src/runs/add-trial.js';
import { type ResumeOptions, resume, tune } from '../../src/runs/tune.js';
import { parseSpec } from '../../src/spec/load-spec.js';
import type { StudyState } from '../../src/study/study-state.js';

const DATA = resolve(import.meta.dirname, '../../search-spaces/data');
const SPACE = `data: {file: iris.csv, target: species}
evaluation: {cv: {folds: 2}, holdout: 0.2}
search: {method: tpe, trials: 12, lag: 2}
models:
  knn: {use: knn, parameters: {n_neighbors: "int(1, 60)", weights: "choice(uniform, distance)"}}
`;
/** Records at the end that are damaged. */
const RECORDS = 3;

let folder: string;
let file: string;
/** The journal of the undisturbed run. */
let whole: string;
let reference: string;

const leaderboardOf = (state: StudyState) => JSON.stringify(buildLeaderboard(state, { times: false }));

beforeAll(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'cml-damaged-')), 'run');
  file = join(folder, 'journal.jsonl');
  const { spec } = parseSpec(SPACE, { file: 'iris.yaml', directory: DATA, name: 'iris' });
  const { state } = await tune(spec, { out: folder, workers: 0 });
  expect(state.best?.score).toBeGreaterThan(0.8);
  whole = readFileSync(file, 'utf8');
  reference = leaderboardOf(state);
});
afterAll(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

type Change = (bytes: Buffer, at: number) => Buffer;

const flipped =
  (mask: number): Change =>
  (bytes, at) => {
    const changed = Buffer.from(bytes);
    changed[at]! ^= mask;
    return changed;
  };
const CHANGES: readonly (readonly [string, Change])[] = [
  ['cut off', (bytes, at) => bytes.subarray(0, at)],
  ['with its lowest bit flipped', flipped(0x01)],
  ['with its highest bit flipped', flipped(0x80)],
  [
    'replaced by a newline',
    (bytes, at) => {
      const changed = Buffer.from(bytes);
      changed[at] = 10;
      return changed;
    },
  ],
  ['behind a newline', (bytes, at) => Buffer.concat([bytes.subarray(0, at), Buffer.from('\n'), bytes.subarray(at)])],
];

/** Continues the run of a journal. @returns the leaderboard, or the error that refused it. */
async function continued(journal: Buffer | string, options: ResumeOptions = {}): Promise<string | CmlError> {
  writeFileSync(file, journal);
  try {
    const { state } = await resume(folder, { workers: 0, ...options });
    expect(state.status).toBe('finished');
    return leaderboardOf(state);
  } catch (error) {
    if (error instanceof CmlError) return error;
    throw error;
  }
}

/** @returns the end of the first lines, of which the last is the last of the given kind. */
function upTo(last: string, trial: number): string {
  const lines = whole.trimEnd().split('\n');
  const index = lines.findIndex((line) => line.includes(`"type":"${last}","trial":${trial}`));
  expect(index).toBeGreaterThan(RECORDS);
  return `${lines.slice(0, index + 2).join('\n')}\n`;
}

describe.each([
  ['a finished run', () => whole],
  ['a run that was killed', () => upTo('fold', 10)],
])('every byte of the last records of %s', (_, journalOf) => {
  test.each(CHANGES)(
    '%s: resumed to the same leaderboard, or refused',
    async (name, change) => {
      const bytes = Buffer.from(journalOf());
      let start = bytes.length;
      for (let record = 0; record < RECORDS; record++) start = bytes.lastIndexOf(10, start - 2) + 1;
      let [resumed, refused] = [0, 0];
      for (let at = start; at < bytes.length; at++) {
        const changed = change(bytes, at);
        if (changed.equals(bytes)) continue;
        const came = await continued(changed);
        const where = `byte ${at} ${name}`;
        if (typeof came === 'string') {
          expect(came, where).toBe(reference);
          resumed++;
        } else {
          expect(came, where).toBeInstanceOf(StorageError);
          expect(came.message, where).toMatch(/line \d+ of the journal/);
          expect(came.message, where).toContain(file);
          expect(came.hint, where).toBeTruthy();
          refused++;
        }
      }
      // What a kill leaves is never refused; what was changed before the last line always is.
      if (name === 'cut off') expect([resumed, refused]).toEqual([bytes.length - start, 0]);
      else expect(refused).toBeGreaterThan(50);
      if (name.includes('flipped')) expect(resumed).toBeGreaterThan(50);
    },
    120_000,
  );
});

describe('a journal', () => {
  test('without one of its lines is refused with the place', async () => {
    const lines = whole.trimEnd().split('\n');
    for (let missing = 0; missing < lines.length - 1; missing += 4) {
      const left = `${lines.filter((_, index) => index !== missing).join('\n')}\n`;
      expect(await continued(left)).toMatchObject({
        message: expect.stringContaining(`line ${missing + 1} of the journal was changed or damaged (${file})`),
        hint: expect.stringContaining('--force'),
      });
    }
  });

  test.each([
    ['text', 'garbage'],
    ['a line of text', 'garbage\n'],
    ['half a record', '{"v":1,"seq":'],
    ['zeros, as a lost block leaves them', '\0'.repeat(4096)],
  ])('that ends in %s goes on without it, and says so', async (_, garbage) => {
    const notes: string[] = [];
    const came = await continued(upTo('fold', 6) + garbage, { onNote: (note) => notes.push(note) });
    expect(came).toBe(reference);
    const [note] = notes.filter((text) => text.includes('not whole'));
    expect(note).toContain(`(${garbage.length} bytes)`);
    expect(note).toContain(folder);
  });

  test('whose last line is of an added trial, and damaged, says that it must be added again', async () => {
    writeFileSync(file, whole);
    await addTrial(folder, { 'knn.n_neighbors': 59 });
    const bytes = readFileSync(file);
    const notes: string[] = [];
    const came = await continued(flipped(1)(bytes, bytes.length - 5), { onNote: (note) => notes.push(note) });
    expect(came).toBe(reference);
    expect(notes).toEqual([expect.stringContaining('an added trial must be added again')]);
  });

  test('that ends in several lines of garbage is refused', async () => {
    expect(await continued(`${upTo('fold', 6)}garbage\nmore of it\n`)).toBeInstanceOf(StorageError);
  });

  test('that nothing is torn off is not talked about', async () => {
    const notes: string[] = [];
    expect(await continued(upTo('fold', 6), { onNote: (note) => notes.push(note) })).toBe(reference);
    expect(notes.filter((text) => text.includes('not whole'))).toEqual([]);
  });

  test('of a newer version is refused with what to install', async () => {
    const lines = upTo('fold', 6).split('\n');
    lines[9] = lines[9]!.replace('"v":1', '"v":2');
    expect(await continued(lines.join('\n'))).toMatchObject({
      message: expect.stringContaining('line 10 of the journal has version 2'),
      hint: expect.stringContaining('Install'),
    });
  });

  test('that lost its first line was stopped before it began', async () => {
    expect(await continued(whole.slice(0, 50))).toMatchObject({ hint: expect.stringContaining('cml tune') });
  });
});

test('the run of a process that lives is not taken from it; that of a dead one is', async () => {
  writeFileSync(file, upTo('fold', 6));
  const lock = join(folder, 'lock');
  const me = { pid: process.pid, started: '', host: hostname() };
  writeFileSync(lock, JSON.stringify(me));
  await expect(resume(folder, { workers: 0 })).rejects.toMatchObject({
    message: expect.stringContaining(`process ${process.pid}`),
    hint: 'Wait for it or stop it; `cml tune … --out DIR` runs beside it.',
  });
  await expect(addTrial(folder, { 'knn.n_neighbors': 59 })).rejects.toBeInstanceOf(StorageError);
  expect(readFileSync(file, 'utf8')).toBe(upTo('fold', 6));
  // No process has so high a number.
  writeFileSync(lock, JSON.stringify({ ...me, pid: 2 ** 31 - 2 }));
  expect(leaderboardOf((await resume(folder, { workers: 0 })).state)).toBe(reference);
});

test('a hint names a folder with a blank as one word', async () => {
  const moved = join(folder, '..', 'my run');
  mkdirSync(moved, { recursive: true });
  const gone = join(folder, '..', 'gone');
  mkdirSync(gone);
  writeFileSync(join(gone, 'iris.csv'), readFileSync(join(DATA, 'iris.csv')));
  const { spec } = parseSpec(SPACE, { file: 'iris.yaml', directory: gone, name: 'iris' });
  await tune(spec, { out: moved, workers: 0 });
  const lines = readFileSync(join(moved, 'journal.jsonl'), 'utf8').split('\n');
  writeFileSync(join(moved, 'journal.jsonl'), `${lines.slice(0, 9).join('\n')}\n`);
  rmSync(gone, { recursive: true });
  await expect(resume(moved)).rejects.toMatchObject({ hint: expect.stringContaining(`--out "${moved}"`) });
});
