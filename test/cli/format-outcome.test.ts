import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatOutcome, formatStatus } from '../../src/cli/format-outcome.js';
import { buildLeaderboard } from '../../src/leaderboard/build-leaderboard.js';
import type { Leaderboard } from '../../src/leaderboard/leaderboard.js';
import { exampleState } from '../leaderboard/study.js';

const folder = join(process.cwd(), 'runs/churn');
const running = buildLeaderboard(exampleState());
const finished: Leaderboard = { ...running, status: 'finished', stopped: 'trials' };

describe('formatOutcome', () => {
  test('the winner with its metrics and parameters, the counts, the files', () => {
    expect(formatOutcome(finished, folder, { width: 80 }).split('\n')).toEqual([
      '',
      'winner   trial 1: accuracy 0.9000 ± 0.0500',
      '         forest scale=none max_depth=null',
      'also     log_loss 1.0000',
      'trials   3 of 5 completed, 1 failed (1 by a limit)',
      'files    runs/churn/leaderboard.csv, leaderboard.json',
    ]);
  });

  test('of what is not finished, the best so far', () => {
    expect(formatOutcome(running, folder, { width: 80 })).toContain('\nbest     trial 1: accuracy 0.9000');
    expect(formatStatus(running, folder)).toBe('status   running, or killed; to continue it: cml resume runs/churn');
    expect(formatStatus({ ...running, status: 'interrupted' }, folder)).toMatch(/^status {3}interrupted; /);
    expect(formatStatus(finished, folder)).toBeUndefined();
  });

  test.each([
    [{ rows: 113, score: 0.9916 }, '0.9916 on 113 rows that the search never saw'],
    [{ rows: 1, score: null }, 'not scored yet, on 1 row that the search never saw'],
    [
      { rows: 113, score: null, reason: 'singular' },
      'the winner could not be scored on 113 rows that the search never saw: singular',
    ],
  ])('the holdout %j', (holdout, text) => {
    expect(formatOutcome({ ...finished, holdout }, folder, { width: 120 })).toContain(`\nholdout  ${text}\n`);
  });

  test('keeps the width, and says how many rows the table leaves out', () => {
    const text = formatOutcome(finished, folder, { width: 40, shown: 1 });
    expect(text).toMatch(/^… and 3 more: cml leaderboard runs\/churn\n/);
    const [, ...wrapped] = text.split('\n');
    for (const line of wrapped.slice(0, -1)) expect(line.length).toBeLessThanOrEqual(40);
  });
});
