import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { Random } from '../../src/random.js';
import { cml, DATA, killTree, startCml, temporaryFolder } from './cml.js';

const SPACE = `version: 1
name: sweep
seed: 7
data: {file: ${JSON.stringify(join(DATA, 'breast_cancer.csv'))}, target: diagnosis}
objective: {metric: roc_auc, also: [accuracy]}
preprocess: {scale: {values: [none, standard, robust]}}
evaluation: {cv: {kind: stratified, folds: 5}, holdout: 0.2}
search: {method: random, trials: 150}
models:
  tree:
    use: decision-tree
    parameters: {max_depth: "int(1, 12)", min_samples_leaf: "logint(1, 40)"}
  knn:
    use: knn
    parameters: {n_neighbors: "int(1, 40)", weights: {values: [uniform, distance]}}
  linear:
    use: logistic-regression
    parameters: {C: "loguniform(1e-3, 1e3)"}
`;

const LEADERBOARD = ['leaderboard', 'run', '--format', 'csv', '--no-times'];

const tune = (workers: number) => ['tune', 'space.yaml', '--out', 'run', '--workers', `${workers}`];

function newFolder(): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'space.yaml'), SPACE);
  return folder;
}

async function leaderboardOf(folder: string): Promise<string> {
  const { code, stdout } = await cml(LEADERBOARD, folder);
  expect(code).toBe(0);
  return stdout;
}

async function undisturbed(workers: number): Promise<string> {
  const folder = newFolder();
  const { code, stderr } = await cml([...tune(workers), '--quiet'], folder);
  expect([code, stderr]).toEqual([0, '']);
  return await leaderboardOf(folder);
}

/** Waits until a process has written something to the journal, or has ended. */
async function progressOf(folder: string, finished: Promise<unknown>): Promise<void> {
  const journal = join(folder, 'run/journal.jsonl');
  const size = () => (existsSync(journal) ? statSync(journal).size : 0);
  const before = size();
  let over = false;
  void finished.then(() => {
    over = true;
  });
  while (!over && size() === before) await sleep(5);
}

let reference: string;
beforeAll(async () => {
  reference = await undisturbed(2);
  expect(reference.trimEnd().split('\n').length).toBe(1 + 150 + 1);
}, 60_000);

test('one worker gives the same leaderboard as two, byte for byte', async () => {
  expect(await undisturbed(1)).toBe(reference);
});

test('killed ten times at random moments and resumed: the leaderboard of an undisturbed run', async () => {
  const folder = newFolder();
  const random = new Random(1, 'kills');
  for (let kills = 0; kills < 10; kills++) {
    const { child, finished } = startCml(kills === 0 ? tune(2) : ['resume', 'run', '--workers', '2'], folder);
    await progressOf(folder, finished);
    await Promise.race([finished, sleep(random.integer(40))]);
    killTree(child);
    const { signal, stderr } = await finished;
    expect([signal, stderr], `kill ${kills}`).toEqual(['SIGKILL', expect.not.stringContaining('Error')]);
  }
  const { code, stderr } = await cml(['resume', 'run'], folder);
  expect([code, stderr]).toEqual([0, expect.any(String)]);
  expect(await leaderboardOf(folder)).toBe(reference);
}, 120_000);

test('Ctrl-C stops cleanly with exit 130, says how to resume, and loses nothing', async () => {
  const folder = newFolder();
  const { child, finished } = startCml(tune(2), folder);
  await progressOf(folder, finished);
  child.kill('SIGINT');
  const { code, stderr } = await finished;
  expect([code, stderr]).toEqual([130, expect.stringContaining('cml resume')]);
  expect(existsSync(join(folder, 'run/leaderboard.json'))).toBe(true);
  expect((await cml(['resume', 'run', '--quiet'], folder)).code).toBe(0);
  expect(await leaderboardOf(folder)).toBe(reference);
});

test.each(['bayes', 'tpe'])(
  '%s: the same for any number of workers, and after a kill',
  async (method) => {
    const args = ['--method', method, '--trials', '30', '--set', 'search.lag=3'];
    const [one, killed] = [newFolder(), newFolder()];
    expect((await cml([...tune(1), ...args, '--quiet'], one)).code).toBe(0);
    const { child, finished } = startCml([...tune(2), ...args], killed);
    await progressOf(killed, finished);
    await Promise.race([finished, sleep(400)]);
    killTree(child);
    await finished;
    expect((await cml(['resume', 'run', '--workers', '3', '--quiet'], killed)).code).toBe(0);
    expect(await leaderboardOf(killed)).toBe(await leaderboardOf(one));
  },
  60_000,
);
