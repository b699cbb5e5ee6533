import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Leaderboard } from '../../src/leaderboard/leaderboard.js';
import { cml, DATA, temporaryFolder } from './cml.js';
import { processesWith } from './running-processes.js';

/** Twenty-five trials that do what they should stand before those of `bad`, and twenty-five after them. */
const GOOD = 50;

const MODULE = `import { setTimeout as sleep } from 'node:timers/promises';

const ACTS = {
  'loops without end': () => {
    for (;;);
  },
  'allocates without end': async () => {
    for (const kept = []; ; ) {
      kept.push(Buffer.alloc(2 ** 25, 1));
      await sleep(5);
    }
  },
  'fills its heap': () => {
    for (const kept = []; ; ) kept.push(new Array(2 ** 17).fill(0.5));
  },
};
export const evaluate = ({ act, number }) => (act === undefined ? number : ACTS[act]());
`;

const moduleSpace = (acts: readonly string[], budget: string) => `version: 1
objective: {metric: score, goal: maximize}
search: {method: grid}
models:
  before: {module: code.js, parameters: {number: "int(1, 25)"}}
  bad: {module: code.js, parameters: {act: {values: ${JSON.stringify(acts)}}}}
  after: {module: code.js, parameters: {number: "int(26, 50)"}}
budget: ${budget}
`;

/** A network that never comes to its last epoch. */
const TRAINER_SPACE = `version: 1
data: {file: ${JSON.stringify(join(DATA, 'iris.csv'))}, target: species}
search: {method: grid}
evaluation: {cv: {folds: 2}}
models:
  before: {use: decision-tree, parameters: {max_depth: "int(1, 25)"}}
  bad: {use: mlp, parameters: {max_iter: 1000000000, tol: 0, n_iter_no_change: 1000000000}}
  after: {use: decision-tree, parameters: {min_samples_split: "int(2, 26)"}}
budget: {trial: 2s}
`;

interface Sweep {
  readonly folder: string;
  readonly board: Leaderboard;
}

async function sweep(space: string, ...args: string[]): Promise<Sweep> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'space.yaml'), space);
  writeFileSync(join(folder, 'code.js'), MODULE);
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  const { code, stdout, stderr } = await cml(
    ['tune', 'space.yaml', '--workers', '2', '--out', 'run', '--json', ...args],
    folder,
    { OF_TEST: folder },
  );
  expect([code, stderr]).toEqual([0, expect.not.stringMatching(/Error|\n\s+at /)]);
  return { folder, board: JSON.parse(stdout) as Leaderboard };
}

function expectAllButBad({ folder, board }: Sweep, ...bad: readonly object[]): void {
  expect([board.status, board.stopped]).toEqual(['finished', 'exhausted']);
  expect(board.trials).toMatchObject({ completed: GOOD, failed: bad.length });
  expect(board.limits_hit).toBe(bad.length);
  const rows = board.rows.filter(({ model }) => model === 'bad');
  expect(rows).toEqual(bad.map((row) => expect.objectContaining({ rank: null, score: null, ...row })));
  if (existsSync('/proc/self')) expect(processesWith(folder)).toEqual([]);
}

const TIMED_OUT = { state: 'timed-out', reason: 'over 2s (budget.trial)' };

describe('one trial among fifty good ones', () => {
  test.each(['thread', 'process'])('that loops without end in a %s is timed out', async (isolation) => {
    expectAllButBad(await sweep(TRAINER_SPACE, '--isolation', isolation), TIMED_OUT);
  });

  test('of the user, that loops without end, is timed out', async () => {
    expectAllButBad(await sweep(moduleSpace(['loops without end'], '{trial: 2s}')), TIMED_OUT);
  });

  test('that takes memory without end is out of memory', async () => {
    // Whatever is slow here, the limit of memory is met first.
    const space = moduleSpace(['allocates without end', 'fills its heap'], '{trial: 1m, memory: 300MiB}');
    const reason = expect.stringMatching(
      /^\d+(\.\d)? MiB resident, over 300MiB \(budget\.memory\)$|heap reached 300MiB/,
    );
    const outOfMemory = { state: 'out-of-memory', reason };
    expectAllButBad(await sweep(space), outOfMemory, outOfMemory);
  });
}, 120_000);
