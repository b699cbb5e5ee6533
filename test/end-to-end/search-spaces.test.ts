import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Leaderboard } from '../../src/leaderboard/leaderboard.js';
import { cml, ROOT, temporaryFolder } from './cml.js';

const FOLDER = join(ROOT, 'search-spaces');
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
/** Those with models of the user's own are run by own-code.test.ts. */
const builtIn = files.filter((name) => /^ +use:/m.test(readFileSync(join(FOLDER, name), 'utf8')));

describe('the ready space files', () => {
  test('are there', () => {
    expect(builtIn.length).toBeGreaterThanOrEqual(6);
    expect(files.length).toBe(builtIn.length + 5);
  });

  test.each(builtIn)('%s runs and beats the baseline', async (file) => {
    const args = ['tune', join(FOLDER, file), '--trials', '5', '--json'];
    const { code, stdout, stderr } = await cml(args, temporaryFolder());
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('Error')]);
    const board = JSON.parse(stdout) as Leaderboard;
    expect(board.status).toBe('finished');
    const ranked = board.rows.filter((row) => row.rank !== null);
    expect(ranked.length).toBeGreaterThan(0);
    expect(board.rows.indexOf(ranked[0]!)).toBe(0);
    const baseline = board.rows.find((row) => row.model === 'dummy')!;
    const gain = ranked[0]!.score! - baseline.score!;
    expect(board.goal === 'maximize' ? gain : -gain).toBeGreaterThan(0.1);
  });

  test.each(files)('%s passes `check`', async (file) => {
    const { code, stdout } = await cml(['check', join(FOLDER, file)], temporaryFolder());
    expect([code, stdout]).toEqual([0, expect.stringMatching(/fits/)]);
  });
});
