import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StorageError } from '../../src/errors.js';
import { buildLeaderboard } from '../../src/leaderboard/build-leaderboard.js';
import { LeaderboardWriter } from '../../src/runs/leaderboard-writer.js';
import { completed, exampleState, SVM, studyState } from '../leaderboard/study.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cml-leaderboard-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('keeps the files current while events come, and leaves the final ones', async () => {
  const state = exampleState();
  const writer = new LeaderboardWriter(folder, { minIntervalMs: 5 });
  writer.onStart(state);
  await vi.waitFor(async () => expect(await readdir(folder)).toEqual(['leaderboard.csv', 'leaderboard.json']));
  for (let fold = 1; fold < 3; fold++) {
    const event = { type: 'fold', trial: 4, fold, outcome: completed(1) } as const;
    state.apply(event);
    writer.onEvent(event, state);
  }
  const ranked = async () => JSON.parse(await readFile(join(folder, 'leaderboard.json'), 'utf8')).rows[0].trial;
  await vi.waitFor(async () => expect(await ranked()).toBe(4));
  state.apply({ type: 'finished', reason: 'trials' });
  await writer.onEnd(state);
  expect(JSON.parse(await readFile(join(folder, 'leaderboard.json'), 'utf8'))).toMatchObject({ status: 'finished' });
  expect(await readFile(join(folder, 'leaderboard.csv'), 'utf8')).toMatch(
    /^rank,trial,.*\n1,4,forest,completed,1,0,1,1,1,/,
  );
  expect(await readdir(folder)).toEqual(['leaderboard.csv', 'leaderboard.json']);
});

test('does not write more often than the interval allows', async () => {
  const state = exampleState();
  const writer = new LeaderboardWriter(folder, { minIntervalMs: 60_000 });
  writer.onStart(state);
  for (let i = 0; i < 1000; i++) writer.onEvent({ type: 'resumed' }, state);
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(await readdir(folder)).toEqual([]);
  await writer.onEnd(state);
  expect(await readdir(folder)).toHaveLength(2);
});

test('a folder that cannot be written is an error of storage, with what to do', async () => {
  const writer = new LeaderboardWriter(join(folder, 'gone'), { minIntervalMs: 1 });
  const failure = await writer.onEnd(exampleState()).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StorageError);
  expect(failure).toHaveProperty('hint', expect.stringContaining('cml resume'));
});

test('leaves times out of the files', async () => {
  const writer = new LeaderboardWriter(folder, { times: false });
  await writer.onEnd(exampleState());
  expect(await readFile(join(folder, 'leaderboard.csv'), 'utf8')).not.toContain('seconds');
  expect(await readFile(join(folder, 'leaderboard.json'), 'utf8')).not.toContain('seconds');
});

/** How often the event loop came round while something went on. */
async function turnsDuring(work: Promise<void>): Promise<number> {
  let turns = 0;
  let over = false;
  const finished = work.finally(() => {
    over = true;
  });
  while (!over) {
    await new Promise((resolve) => setImmediate(resolve));
    turns++;
  }
  await finished;
  return turns;
}

test('lets the study go on while it writes many rows', async () => {
  const folds = [completed(0.5), completed(0.5), completed(0.5)];
  const state = studyState(Array.from({ length: 5000 }, () => ({ params: SVM, folds })));
  const turns = await turnsDuring(new LeaderboardWriter(folder).onEnd(state));
  expect(turns).toBeGreaterThan(30);
  const { rows } = JSON.parse(await readFile(join(folder, 'leaderboard.json'), 'utf8'));
  expect(rows).toEqual(buildLeaderboard(state).rows);
});

test('what is being written when the study ends gives way to the final files', async () => {
  const state = exampleState();
  const writer = new LeaderboardWriter(folder, { minIntervalMs: 0 });
  writer.onStart(state);
  await new Promise((resolve) => setTimeout(resolve, 1));
  state.apply({ type: 'finished', reason: 'trials' });
  await writer.onEnd(state);
  expect(await readdir(folder)).toEqual(['leaderboard.csv', 'leaderboard.json']);
  expect(JSON.parse(await readFile(join(folder, 'leaderboard.json'), 'utf8'))).toMatchObject({ status: 'finished' });
});
