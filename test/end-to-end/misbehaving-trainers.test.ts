import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Leaderboard, LeaderboardRow } from '../../src/leaderboard/leaderboard.js';
import { cml, ROOT, temporaryFolder } from './cml.js';

const FIXTURES = join(ROOT, 'test/fixtures/misbehaving-trainers');

/** `good`: the outcome of the trial that behaves; else how it ended and what its reason must say. */
type Expected = 'good' | readonly [state: LeaderboardRow['state'], reason: string | RegExp];

const failed = (reason: string | RegExp) => ['failed', reason] as const;
const crashed = (reason: string) => ['crashed', reason] as const;
const TIMED_OUT = ['timed-out', 'over 4s (budget.trial)'] as const;
const NO_MODEL = failed('mine: fit must return an object with the method predict(features)');
const noList = (got: string) => failed(`mine: predict must return an array of numbers, got ${got}`);
const noNumber = (got: string) => failed(`mine: predict must return numbers, got ${got} at 0`);
const noClass = (got: string) => failed(`mine: predict must give class indices 0 to 2, got ${got}`);
const NO_PROBABILITIES = failed('mine: the model gives no probabilities, which the metrics need');

/** Iris in two folds: 75 test rows, three classes. */
const OUTCOMES: Readonly<Record<string, Expected>> = {
  good: 'good',
  'throws an error': failed('mine: no luck'),
  'throws an error without a message': failed(/^mine: .*RangeError/),
  'throws a text': failed(/just text/),
  'throws null': failed(/^mine: threw null/),
  'throws undefined': failed(/^mine: threw undefined/),
  'throws a number': failed(/^mine: threw 42/),
  'throws a symbol': failed(/^mine: threw Symbol\(odd\)/),
  'throws an object': failed(/^mine: threw \{ code: 3 \}/),
  'throws what cannot be read': failed('not even that'),
  'throws a novel': failed(/^mine: x{1000}$/),
  'recurses without end': failed('mine: Maximum call stack size exceeded'),
  'rejects later': failed('mine: late no luck'),
  'rejects unhandled': crashed('exited with 1: unhandled rejection: nobody looks'),
  'throws in a timer': crashed('exited with 1: uncaught error: from a timer'),
  exits: crashed('exited with 7'),
  'loops without end': TIMED_OUT,
  'never settles': TIMED_OUT,
  'reports NaN': failed('mine: report(step, value): value must be a finite number, got NaN'),
  'prints 12 MB': 'good',
  'returns nothing': NO_MODEL,
  'returns null': NO_MODEL,
  'returns a number': NO_MODEL,
  'returns no predict': NO_MODEL,
  'returns a predict that is no function': NO_MODEL,
  'predict throws': failed('mine: cannot predict'),
  'predict throws null': failed(/^mine: threw null/),
  'predict rejects later': failed('mine: cannot predict in time'),
  'predict exits': crashed('exited with 8'),
  'predict loops': TIMED_OUT,
  'predicts nothing': noList('undefined'),
  'predicts a text': noList('string'),
  'predicts an object': noList('object'),
  'predicts too few': failed('mine: predict must give 75 numbers, got 74'),
  'predicts too many': failed('mine: predict must give 75 numbers, got 76'),
  'predicts none': failed('mine: predict must give 75 numbers, got 0'),
  'predicts labels': noNumber("'setosa'"),
  'predicts NaN': failed('mine: predict gave NaN for test row 1 of 75'),
  'predicts null': noNumber('null'),
  'predicts holes': noNumber('undefined'),
  'predicts lists': failed('mine: predict must return numbers (row-major, one number after the other), got [ 0 ] at 0'),
  'predicts bigints': noNumber('0n'),
  'predicts what refers to itself': noNumber('<ref *1> { self: [Circular *1] }'),
  'predicts no class': noClass('3'),
  'predicts a negative class': noClass('-1'),
  'predicts a fraction': noClass('0.5'),
  'predicts infinity': noClass('Infinity'),
  'gives no probabilities': NO_PROBABILITIES,
  'gives probabilities as a list': NO_PROBABILITIES,
  'gives probabilities that sum to 2': failed('mine: predictProba must give rows that sum to 1, got 2 for test row 1'),
  'gives negative probabilities': failed('mine: predictProba gave -0.5 for test row 1 of 75'),
  'gives NaN for probabilities': failed('mine: predictProba gave NaN for test row 1 of 75'),
  'gives too few probabilities': failed('mine: predictProba must give 225 numbers, got 75'),
  'gives rows of probabilities': failed(
    'mine: predictProba must return numbers (row-major, one number after the other), got [ 1, 0, 0 ] at 0',
  ),
  'answers in the same array': 'good',
  'keeps a timer': 'good',
  'writes to its rows': 'good',
  'writes to its labels': 'good',
  'writes to what it predicts of': 'good',
  'good again': 'good',
};

async function tune(space: string, folder: string): Promise<Leaderboard> {
  const args = ['tune', join(FIXTURES, space), '--out', space, '--workers', '2', '--json'];
  const { code, stdout, stderr } = await cml(args, folder);
  expect(code, stderr).toBe(0);
  expect(stderr).not.toMatch(/\n\s+at /);
  return JSON.parse(stdout) as Leaderboard;
}

/** What must not depend on other trials. */
const outcomeOf = ({ state, score, std, folds, metrics }: LeaderboardRow) => ({ state, score, std, folds, metrics });

describe('trainers that misbehave, among trials that do not', () => {
  const folder = temporaryFolder();
  let board: Leaderboard;
  let alone: Leaderboard;
  beforeAll(async () => {
    board = await tune('misbehaving.yaml', folder);
    alone = await tune('good.yaml', folder);
  }, 300_000);

  const rowOf = ({ rows }: Leaderboard, model: string | null, params: LeaderboardRow['params']) => {
    const row = rows.find((candidate) => {
      return (
        candidate.model === model && Object.entries(params).every(([name, value]) => candidate.params[name] === value)
      );
    });
    expect(row).toBeDefined();
    return row!;
  };

  test('every trial is accounted for', () => {
    expect(board.status).toBe('finished');
    const trials = board.rows.filter(({ trial }) => trial !== null);
    expect(trials.length).toBe(2 * Object.keys(OUTCOMES).length + 6);
  });

  const cases = Object.entries(OUTCOMES).flatMap(([mode, expected]) =>
    [false, true].map((later) => [mode, later, expected] as const),
  );
  test.each(cases)('%s, later: %s', (mode, later, expected) => {
    const row = rowOf(board, 'mine', { 'mine.mode': mode, 'mine.later': later });
    if (expected === 'good') {
      expect(outcomeOf(row)).toEqual(outcomeOf(rowOf(alone, 'centroid', { 'centroid.shrink': 0.1 })));
      return;
    }
    const [state, reason] = expected;
    expect(row).toMatchObject({
      state,
      score: null,
      rank: null,
      reason: typeof reason === 'string' ? reason : expect.stringMatching(reason),
    });
  });

  test('the others end as they do alone', () => {
    const others = alone.rows.filter(({ state }) => state === 'completed');
    // Four of a module, two of a built-in trainer, and the baseline.
    expect(others.length).toBe(7);
    for (const row of others) expect(outcomeOf(rowOf(board, row.model, row.params))).toEqual(outcomeOf(row));
  });

  test('what was printed is kept with the trial, up to 10 MiB', () => {
    const { trial } = rowOf(board, 'mine', { 'mine.mode': 'prints 12 MB', 'mine.later': true });
    const log = join(folder, `misbehaving.yaml/trials/${trial}/stdout-2.log`);
    expect(statSync(log).size).toBeLessThan(12 * 2 ** 20);
    expect(readFileSync(log, 'utf8').slice(-50)).toContain('the rest is not kept');
  });
});

describe('numbers that cannot be scored', () => {
  test('fail with what is wrong', async () => {
    const board = await tune('regression.yaml', temporaryFolder());
    const reasons = Object.fromEntries(
      board.rows.map(({ params, reason, score }) => [params['mine.gives'], reason ?? score]),
    );
    expect(reasons).toMatchObject({
      NaN: expect.stringMatching(/^mine: predict gave NaN for test row 1 of \d+$/),
      infinity: expect.stringMatching(/^mine: r2 must be a finite number, got -?(Infinity|NaN)$/),
      'enormous numbers': expect.stringMatching(/^mine: r2 must be a finite number, got -?(Infinity|NaN)$/),
      texts: expect.stringMatching(/^mine: predict must return numbers, got '\d+\.\d+' at 0$/),
    });
    // The mean of the training rows explains nothing of the others.
    expect(reasons['the mean']).toBeLessThanOrEqual(0);
    expect(reasons['the mean']).toBeGreaterThan(-0.1);
  }, 60_000);
});
