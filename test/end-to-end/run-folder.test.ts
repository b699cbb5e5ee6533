import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { BINARY, cml, DATA, temporaryFolder } from './cml.js';

const SPACE = `version: 1
name: flowers
data: {file: ${JSON.stringify(join(DATA, 'iris.csv'))}, target: species}
search: {method: random, trials: 4}
models:
  knn:
    use: knn
    parameters: {n_neighbors: "int(1, 9)"}
`;

let folder: string;
beforeAll(async () => {
  folder = temporaryFolder();
  writeFileSync(join(folder, 'space.yaml'), SPACE);
  expect((await cml(['tune', 'space.yaml'], folder)).code).toBe(0);
});

const journal = () => readFileSync(join(folder, 'runs/flowers/journal.jsonl'), 'utf8');

describe('a folder that holds a run', () => {
  test('of the same space file: printed, nothing done again', async () => {
    const before = journal();
    const { code, stdout } = await cml(['tune', 'space.yaml'], folder);
    expect([code, stdout]).toEqual([0, expect.stringContaining('knn')]);
    expect(journal()).toBe(before);
  });

  test('of another space file: exit 5 with the difference', async () => {
    const before = journal();
    const { code, stderr } = await cml(['tune', 'space.yaml', '--set', 'models.knn.parameters.p=1'], folder);
    expect([code, stderr]).toEqual([5, expect.stringContaining('models.knn.parameters.p: (absent) -> 1')]);
    expect(stderr).toContain('--force');
    expect((await cml(['tune', 'space.yaml', '--trials', '3'], folder)).stderr).toContain(
      'search.trials: 4 -> 3 (it may only grow)',
    );
    expect(journal()).toBe(before);
  });

  test('with more trials, goes on to where they would have led from the beginning', async () => {
    const other = temporaryFolder();
    writeFileSync(join(other, 'space.yaml'), SPACE.concat('evaluation: {holdout: 0.2}\n'));
    const tune = (...more: string[]) => cml(['tune', 'space.yaml', '--no-times', ...more], other);
    const csv = (run: string) => readFileSync(join(other, run, 'leaderboard.csv'), 'utf8');
    expect((await tune('--out', 'grown', '--trials', '2')).code).toBe(0);
    const short = csv('grown');
    expect((await tune('--out', 'grown', '--trials', '9')).code).toBe(0);
    await tune('--out', 'whole', '--trials', '9');
    expect(csv('grown')).toBe(csv('whole'));
    expect(csv('grown')).not.toBe(short);
    // From now on it is a run of nine trials: finished, and continued by its name.
    expect((await cml(['resume', 'grown'], other)).stderr).toContain('finished already');
    const holdout = async (run: string) =>
      JSON.parse((await cml(['leaderboard', run, '--format', 'json'], other)).stdout).holdout;
    expect(await holdout('grown')).toEqual(await holdout('whole'));
  });

  test('that is not ours to write: exit 5', async () => {
    const other = temporaryFolder();
    writeFileSync(join(other, 'leaderboard.csv'), 'precious\n');
    const { code, stderr } = await cml(['tune', join(folder, 'space.yaml'), '--out', other], folder);
    expect([code, stderr]).toEqual([5, expect.stringContaining('leaderboard.csv is there and is not of a run')]);
    expect(readFileSync(join(other, 'leaderboard.csv'), 'utf8')).toBe('precious\n');
  });

  test('--force starts anew and keeps the old folder', async () => {
    const other = temporaryFolder();
    writeFileSync(join(other, 'space.yaml'), SPACE);
    await cml(['tune', 'space.yaml', '--out', 'run'], other);
    const before = readFileSync(join(other, 'run/journal.jsonl'), 'utf8');
    expect((await cml(['tune', 'space.yaml', '--out', 'run', '--seed', '5', '--force'], other)).code).toBe(0);
    expect(readFileSync(join(other, 'run.1/journal.jsonl'), 'utf8')).toBe(before);
    expect(readFileSync(join(other, 'run/journal.jsonl'), 'utf8')).not.toBe(before);
  });

  test('whose data changed since: exit 5', async () => {
    const other = temporaryFolder();
    writeFileSync(join(other, 'iris.csv'), readFileSync(join(DATA, 'iris.csv')));
    writeFileSync(join(other, 'space.yaml'), SPACE.replace(/file: "[^"]*"/, 'file: iris.csv'));
    await cml(['tune', 'space.yaml', '--out', 'run'], other);
    const file = join(other, 'run/journal.jsonl');
    const lines = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, `${lines.slice(0, 10).join('\n')}\n`);
    appendFileSync(join(other, 'iris.csv'), '5.1,3.5,1.4,0.2,setosa\n');
    const { code, stderr } = await cml(['resume', 'run'], other);
    expect([code, stderr]).toEqual([5, expect.stringContaining('the data changed')]);
  });

  test('with a damaged journal: exit 5 with the line', async () => {
    const other = temporaryFolder();
    writeFileSync(join(other, 'space.yaml'), SPACE);
    await cml(['tune', 'space.yaml', '--out', 'run'], other);
    const file = join(other, 'run/journal.jsonl');
    const lines = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, lines.filter((_, index) => index !== 5).join('\n'));
    for (const command of [
      ['resume', 'run'],
      ['leaderboard', 'run'],
      ['tune', 'space.yaml', '--out', 'run'],
    ]) {
      const { code, stderr } = await cml(command, other);
      expect([code, stderr]).toEqual([5, expect.stringContaining('line 6 of the journal')]);
    }
  });

  test('two writers at once: the second is refused with exit 5', async () => {
    const other = temporaryFolder();
    writeFileSync(
      join(other, 'space.yaml'),
      SPACE.replace('trials: 4', 'trials: 3000').replace('int(1, 9)', 'uniform(1, 9)').replace('n_neighbors', 'p'),
    );
    const first = spawn(process.execPath, [BINARY, 'tune', 'space.yaml', '--out', 'run', '--workers', '1'], {
      cwd: other,
      stdio: 'ignore',
    });
    try {
      while (!existsSync(join(other, 'run/leaderboard.json'))) await new Promise((resolve) => setTimeout(resolve, 20));
      const { code, stderr } = await cml(['resume', 'run'], other);
      expect([code, stderr]).toEqual([5, expect.stringContaining(String(first.pid))]);
      expect((await cml(['leaderboard', 'run', '--json'], other)).stdout).toContain('"status": "running"');
    } finally {
      first.kill('SIGKILL');
    }
  });
});

test('a missing run is exit 2 and says where it looked', async () => {
  const { code, stderr } = await cml(['resume', 'nowhere'], temporaryFolder());
  expect([code, stderr]).toEqual([2, expect.stringContaining('runs/nowhere')]);
});
