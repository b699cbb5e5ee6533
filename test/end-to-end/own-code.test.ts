import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Leaderboard } from '../../src/leaderboard/leaderboard.js';
import { cml, killTree, ROOT, startCml, temporaryFolder } from './cml.js';

const FOLDER = join(ROOT, 'search-spaces');

const python = ['python3', '/usr/bin/python3'].find(
  (program) => spawnSync(program, ['-c', 'import sklearn']).status === 0,
);

async function tune(file: string, ...args: string[]): Promise<Leaderboard> {
  const { code, stdout, stderr } = await cml(
    ['tune', join(FOLDER, file), '--workers', '2', '--json', ...args],
    temporaryFolder(),
  );
  expect([code, stderr]).toEqual([0, expect.not.stringMatching(/Error|failed/)]);
  const board = JSON.parse(stdout) as Leaderboard;
  expect(board.status).toBe('finished');
  expect(board.rows.filter(({ state }) => state !== 'completed' && state !== 'raced-out')).toEqual([]);
  return board;
}

const scoresOf = ({ rows }: Leaderboard) => rows.flatMap(({ trial, score }) => (trial === null ? [] : (score ?? [])));

describe('the examples of own code', () => {
  test('compression: a shell command', async () => {
    const { rows } = await tune('compression.yaml', '--set', 'evaluation.repeats=1');
    const kilobytes = rows
      .toSorted((a, b) => Number(a.params['gzip.level']) - Number(b.params['gzip.level']))
      .map(({ metrics }) => metrics?.kilobytes);
    // That of gzip itself, which grows no larger from level to level.
    expect(kilobytes.length).toBe(9);
    const { stdout } = spawnSync('gzip', ['-c', '-6', join(FOLDER, 'data/digits.csv')], { maxBuffer: 2 ** 24 });
    expect(kilobytes[5]).toBeCloseTo(stdout.length / 1000, 2);
    expect(kilobytes).toEqual(kilobytes.toSorted((a, b) => Number(b) - Number(a)));
  });

  test('network: a trainer in TypeScript with its own loop', async () => {
    const board = await tune('network.yaml', '--trials', '4');
    const baseline = board.rows.find(({ model }) => model === 'dummy')!.score!;
    expect(baseline).toBeLessThan(0.15);
    expect(Math.max(...scoresOf(board))).toBeGreaterThan(0.8);
  });

  test('engine: a program with a parameter file', async () => {
    const board = await tune('engine.yaml', '--trials', '6');
    expect(scoresOf(board).length).toBe(6);
    for (const { metrics } of board.rows) expect(metrics?.hit_rate).toBeGreaterThan(0);
  });

  test('cart-pole: reinforcement learning', async () => {
    const scores = scoresOf(await tune('cart-pole.yaml', '--trials', '6'));
    // A policy that has learned nothing falls within some twenty steps.
    expect(Math.max(...scores)).toBeGreaterThan(100);
    expect(Math.max(...scores)).toBeLessThanOrEqual(500);
  });

  test.skipIf(python === undefined)(
    `scikit-learn: a program for each fold${python === undefined ? ' (no python3 with sklearn here)' : ''}`,
    async () => {
      const board = await tune('scikit-learn.yaml', '--trials', '2', '--set', `models.svc.command.0=${python}`);
      // The known-good C of 1 alone comes far beyond guessing.
      expect(Math.max(...scoresOf(board))).toBeGreaterThan(0.9);
    },
  );
}, 120_000);

const LEADERBOARD = ['leaderboard', 'run', '--format', 'csv', '--no-times'];

/** A module that learns at its own pace, with a curve of ten points. */
const LEARNER = `import { setTimeout as sleep } from 'node:timers/promises';

export async function evaluate({ speed, limit }, { report, repeat }) {
  for (let step = 1; step <= 10; step++) {
    await sleep(2 + 10 * limit);
    report(step, limit * (1 - Math.exp(-speed * step)) + repeat / 1000);
  }
  return limit * (1 - Math.exp(-speed * 10)) + repeat / 1000;
}
`;

function newStudy(pruning: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'learner.js'), LEARNER);
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  writeFileSync(
    join(folder, 'space.yaml'),
    `version: 1
name: learner
seed: 3
objective: {metric: score, goal: maximize}
evaluation: {repeats: 2}
search: {method: tpe, trials: 24, lag: 4, pruning: ${pruning}}
models:
  learner:
    module: learner.js
    parameters: {speed: "loguniform(0.05, 5)", limit: "uniform(0, 1)"}
`,
  );
  return folder;
}

async function leaderboardOf(folder: string): Promise<string> {
  const { code, stdout } = await cml(LEADERBOARD, folder);
  expect(code).toBe(0);
  return stdout;
}

describe('pruning gives the same leaderboard', () => {
  test.each(['{method: median, startup: 2}', '{method: halving, min_steps: 2, factor: 2}'])(
    '%s: with one worker, with two, and after two kills',
    async (pruning) => {
      const [one, two, killed] = [newStudy(pruning), newStudy(pruning), newStudy(pruning)];
      const args = ['tune', 'space.yaml', '--out', 'run', '--quiet', '--workers'];
      expect((await cml([...args, '1'], one)).code).toBe(0);
      const reference = await leaderboardOf(one);
      expect(reference.split('\n').filter((line) => line.includes('raced-out')).length).toBeGreaterThan(3);
      expect(reference.split('\n').filter((line) => line.includes('completed')).length).toBeGreaterThan(5);

      expect((await cml([...args, '2'], two)).code).toBe(0);
      expect(await leaderboardOf(two)).toBe(reference);

      const journal = join(killed, 'run/journal.jsonl');
      const size = () => (existsSync(journal) ? statSync(journal).size : 0);
      for (const kill of [0, 1]) {
        const { child, finished } = startCml(kill === 0 ? [...args, '2'] : ['resume', 'run', '--quiet'], killed);
        const before = size();
        while (size() < before + 3000 && child.exitCode === null) await sleep(10);
        killTree(child);
        expect((await finished).signal).toBe('SIGKILL');
      }
      expect(readFileSync(journal, 'utf8')).not.toContain('"finished"');
      expect((await cml(['resume', 'run', '--quiet', '--workers', '2'], killed)).code).toBe(0);
      expect(await leaderboardOf(killed)).toBe(reference);
    },
    120_000,
  );
});

describe('resources', () => {
  test('a task of two cpus has the two workers to itself; a GPU is lent to one task at a time', async () => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, 'task.mjs'),
      `import { appendFileSync } from 'node:fs';
const [, , kind, value] = process.argv;
const say = (what) => appendFileSync('log.jsonl', JSON.stringify({ what, kind, id: process.pid,
  gpus: process.env.CUDA_VISIBLE_DEVICES, threads: process.env.OMP_NUM_THREADS }) + '\\n');
say('begin');
setTimeout(() => { say('end'); console.log(JSON.stringify({ score: Number(value) })); }, 60);
`,
    );
    writeFileSync(
      join(folder, 'space.yaml'),
      `version: 1
objective: {metric: score, goal: maximize}
search: {method: random, trials: 24}
models:
  wide:
    command: [node, task.mjs, wide, "{x}"]
    resources: {cpus: 2}
    parameters: {x: "uniform(0, 1)"}
  device:
    command: [node, task.mjs, device, "{x}"]
    resources: {gpus: 1}
    parameters: {x: "uniform(0, 1)"}
`,
    );
    const args = ['tune', 'space.yaml', '--workers', '2', '--gpus', '0,1', '--quiet'];
    expect(await cml(args, folder)).toMatchObject({ code: 0 });
    const running = new Map<number, { kind: string; gpus: string }>();
    let together = 0;
    const lines = readFileSync(join(folder, 'log.jsonl'), 'utf8').trim().split('\n');
    expect(lines.length).toBe(48);
    for (const line of lines) {
      const { what, kind, id, gpus, threads } = JSON.parse(line);
      if (what === 'end') {
        running.delete(id);
        continue;
      }
      expect(threads).toBe(kind === 'wide' ? '2' : '1');
      expect(gpus).toMatch(kind === 'wide' ? /^$/ : /^[01]$/);
      for (const other of running.values()) {
        expect([kind, other.kind]).toEqual(['device', 'device']);
        expect(gpus).not.toBe(other.gpus);
        together++;
      }
      running.set(id, { kind, gpus });
      expect(running.size).toBeLessThanOrEqual(2);
    }
    // Else nothing was packed at all.
    expect(together).toBeGreaterThan(0);
  }, 60_000);
});
