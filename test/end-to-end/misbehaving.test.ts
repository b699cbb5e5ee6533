import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Leaderboard, LeaderboardRow } from '../../src/leaderboard/leaderboard.js';
import { cml, type Finished, ROOT, temporaryFolder } from './cml.js';
import { processesWith } from './running-processes.js';

const FIXTURES = join(ROOT, 'test/fixtures/own-code');

/** A score, or how the trial ended and what its reason must say. */
type Expected = number | readonly [state: LeaderboardRow['state'], reason: string | RegExp];

const TIMED_OUT = ['timed-out', 'over 5s (budget.trial)'] as const;
const failed = (reason: string | RegExp) => ['failed', reason] as const;
const crashed = (reason: string | RegExp) => ['crashed', reason] as const;
const NO_RESULT = 'no result: neither a file at {result_file} nor a line of JSON on stdout, such as {"score": 0.9}';
const NO_NUMBERS = 'the objective must return a number or an object of numbers, got';
const OVER_MEMORY = ['out-of-memory', /300 ?MiB.*\(budget\.memory\)/] as const;

const MODULE: Readonly<Record<string, Expected>> = {
  good: 1,
  'good, later': 2,
  'loops without end': TIMED_OUT,
  'never settles': TIMED_OUT,
  'comes late': TIMED_OUT,
  'ignores SIGTERM': TIMED_OUT,
  'rejects unhandled': crashed('exited with 1: unhandled rejection: nobody looks'),
  'throws in a timer': crashed('exited with 1: uncaught error: from a timer'),
  'rejects after its result': 3,
  'exits with 0': crashed(/^exited with 0/),
  'exits with 7': crashed(/^exited with 7/),
  aborts: crashed(/^killed by SIGABRT/),
  'kills itself': crashed('killed by SIGKILL, 3 times'),
  disconnects: crashed(/^exited with 0/),
  'throws null': failed('threw null (throw an Error with a message)'),
  'throws what cannot be read': failed('not even that'),
  'throws a novel': failed(/^x{1000}$/),
  'recurses without end': failed('Maximum call stack size exceeded'),
  'returns NaN': failed('score must be a finite number, got NaN'),
  'returns a text': failed(`${NO_NUMBERS} '0.9'`),
  'returns nothing': failed(`${NO_NUMBERS} undefined`),
  'returns a list': failed(/^several objectives are not supported/),
  'returns another number': failed(/^score is missing from what the objective returned; got /),
  'returns what cannot be read': failed('no score today'),
  'returns a function': failed(`${NO_NUMBERS} [Function (anonymous)]`),
  'reports NaN': failed('report(step, value): value must be a finite number, got NaN'),
  'reports backwards': failed('report(step, value): step must be a whole number above 2, got 1'),
  'prints 50 MB': 4,
  'prints what looks like a result': 5,
  'leaves children': 6,
  'leaves children and exits': crashed(/^exited with 3/),
  'fills the heap': OVER_MEMORY,
  'fills the memory': OVER_MEMORY,
  'changes the process': 7,
  'removes listeners': 11,
  'changes globals': 8,
  'changes its parameters': 9,
  'speaks as a worker': 10,
};

const COMMAND: Readonly<Record<string, Expected>> = {
  good: 1,
  'good, in a file': 2,
  hangs: TIMED_OUT,
  'ignores SIGTERM': TIMED_OUT,
  'exits with 3': failed('node exited with 3; it said:\nno such dataset'),
  'exits with 3 after its result': failed(/^node exited with 3/),
  'kills itself': crashed('node was killed by SIGKILL'),
  'kills its group': crashed('node was killed by SIGKILL'),
  'says nothing': failed(NO_RESULT),
  'prints broken JSON': failed(/^the last JSON line on stdout is not JSON: .*it said:\n\{"score": 0\.9$/s),
  'prints a list': failed(`${NO_RESULT}; it said:\n[0.9]`),
  'prints NaN': failed(/^the last JSON line on stdout is not JSON/),
  'prints a text': failed(/^score must be a finite number, got '0\.9'/),
  'prints another number': failed(/^score is missing/),
  'prints predictions': failed(/^without data there is nothing to compare predictions with/),
  'deletes its result': failed(NO_RESULT),
  'makes its result a folder': failed(/EISDIR/),
  'prints 50 MB in one line': 3,
  'prints bytes': 4,
  'leaves children': 5,
  'fills the memory': OVER_MEMORY,
};

const OTHERS: Readonly<Record<string, Expected>> = {
  'missing-export': failed(/must export evaluate\(params, context\); it exports score \(.*missing-export\.js\)$/),
  'syntax-error': failed(/^the module cannot be loaded: Unexpected end of input \(.*syntax-error\.js:\d+\)$/),
  'not-erasable': failed(
    /^the module cannot be loaded: .*enum.*; write a union.* \(line \d+: .*enum .*\) \(.*not-erasable\.ts\)/,
  ),
  'missing-package': failed(/Cannot find package 'a-package-that-is-not-there'/),
  'throws-on-import': failed(/^the module cannot be loaded: not today/),
  'exits-on-import': crashed(/^exited with 5/),
  'never-loads': TIMED_OUT,
  'missing-program': failed(/^a-program-that-is-not-there cannot be started: there is no such program on the PATH/),
  'not-executable': failed(/^code\/not-executable\.sh cannot be started: it may not be executed/),
};

/** Everything that the program starts has this in its environment, what the fixtures leave behind in its command line. */
const mark = `left-behind-${process.pid}`;

describe('code that misbehaves, among trials that do not', () => {
  let finished: Finished;
  let board: Leaderboard;
  let folder: string;
  beforeAll(async () => {
    folder = temporaryFolder();
    const space = join(FIXTURES, 'objective.yaml');
    const args = ['tune', space, '--out', 'run', '--workers', '2', '--json'];
    finished = await cml(args, folder, { LEFT_BEHIND: mark });
    // It must be JSON and nothing else, whatever was printed.
    board = JSON.parse(finished.stdout) as Leaderboard;
  }, 300_000);

  const rowOf = (model: string, mode?: string) =>
    board.rows.find((row) => row.model === model && (mode === undefined || row.params[`${model}.mode`] === mode));

  test('ends with exit 0 and every trial accounted for', () => {
    expect(finished.code).toBe(0);
    const trials = [MODULE, COMMAND, OTHERS].reduce((sum, table) => sum + Object.keys(table).length, 0);
    expect([board.status, board.rows.length]).toEqual(['finished', trials]);
    expect(finished.stderr).not.toMatch(/\n\s+at /);
    expect(finished.stderr).not.toContain('x'.repeat(2000));
  });

  const cases = [
    ...Object.entries(MODULE).map(([mode, expected]) => ['module', mode, expected] as const),
    ...Object.entries(COMMAND).map(([mode, expected]) => ['command', mode, expected] as const),
    ...Object.entries(OTHERS).map(([model, expected]) => [model, undefined, expected] as const),
  ];
  test.each(cases)('%s: %s', (model, mode, expected) => {
    const row = rowOf(model, mode);
    if (typeof expected === 'number') {
      expect(row).toMatchObject({ state: 'completed', score: expected });
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

  test.runIf(existsSync('/proc/self'))('nothing of it is left', () => {
    expect(processesWith(mark)).toEqual([]);
  });

  test('what was printed is kept with the trial, up to 10 MiB a stream', () => {
    const logOf = (mode: string, stream: string) =>
      join(folder, `run/trials/${rowOf('module', mode)!.trial}/${stream}-1.log`);
    expect(readFileSync(logOf('prints what looks like a result', 'stdout'), 'utf8')).toContain('{"score": 99}');
    expect(readFileSync(logOf('prints what looks like a result', 'stderr'), 'utf8')).toBe('Error: on stderr\n');
    const cut = logOf('prints 50 MB', 'stdout');
    expect(statSync(cut).size).toBeGreaterThan(10 * 2 ** 20);
    expect(statSync(cut).size).toBeLessThan(12 * 2 ** 20);
    expect(readFileSync(cut, 'utf8').slice(-50)).toContain('the rest is not kept');
    expect(existsSync(logOf('good', 'stdout'))).toBe(false);
  });
});
