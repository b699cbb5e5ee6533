import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { buildLeaderboard } from '../../src/leaderboard/build-leaderboard.js';
import type { LeaderboardLayout } from '../../src/leaderboard/columns.js';
import { type CsvOptions, csvPieces } from '../../src/leaderboard/format-csv.js';
import type { Leaderboard } from '../../src/leaderboard/leaderboard.js';
import { completed, exampleState, SETTINGS, studyState } from './study.js';

const leaderboard = buildLeaderboard(exampleState());

function formatCsv({ rows }: Leaderboard, layout: LeaderboardLayout, options?: CsvOptions): string {
  return [...csvPieces(rows, layout, options)].join('');
}

/** An independent reader of RFC 4180. */
function read(csv: string): Record<string, string>[] {
  const { data, errors } = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true });
  expect(errors).toEqual([]);
  return data;
}

describe('csvPieces', () => {
  test('has the promised columns in the promised order', () => {
    expect(formatCsv(leaderboard, SETTINGS).split('\n')[0]).toBe(
      'rank,trial,model,state,score,std,fold_1,fold_2,fold_3,log_loss,' +
        'preprocess.scale,forest.max_depth,svm.C,svm.layers,fit_seconds,score_seconds,reason',
    );
  });

  test('has the same columns before any trial ended', () => {
    const header = (csv: string) => csv.split('\n')[0];
    expect(header(formatCsv(buildLeaderboard(studyState([])), SETTINGS))).toBe(
      header(formatCsv(leaderboard, SETTINGS)),
    );
  });

  test('numbers read back as the same double', () => {
    const row = read(formatCsv(leaderboard, SETTINGS)).find((candidate) => candidate.trial === '0')!;
    expect(Number(row['svm.C'])).toBe(0.1 + 0.2);
    expect(Number(row.score)).toBe(leaderboard.rows[1]!.score);
    expect(Number(row.std)).toBe(leaderboard.rows[1]!.std);
  });

  test('tells the value null from an inactive parameter, and prints lists as JSON', () => {
    const rows = read(formatCsv(leaderboard, SETTINGS));
    expect(rows[0]).toMatchObject({ 'forest.max_depth': 'null', 'svm.C': '', 'svm.layers': '' });
    expect(rows[1]).toMatchObject({ 'forest.max_depth': '', 'svm.layers': '[64,32]' });
    expect(rows[3]).toMatchObject({ rank: '', trial: '', model: 'dummy', 'preprocess.scale': '' });
  });

  test('quotes commas, quotes and line breaks', () => {
    expect(formatCsv(leaderboard, SETTINGS)).toContain('"over 2m (budget.trial), ""slow""\nvery"');
    expect(read(formatCsv(leaderboard, SETTINGS)).at(-1)!.reason).toBe('over 2m (budget.trial), "slow"\nvery');
  });

  test('leaves times out', () => {
    const times = formatCsv(leaderboard, SETTINGS, { times: false });
    expect(times).not.toContain('seconds');
    expect(read(times)[0]!.reason).toBe('');
  });

  test('shows control characters instead of sending them to the terminal', () => {
    const state = studyState([
      { params: { model: 'svm' }, folds: [{ state: 'failed', reason: '\u001b[2Jboo\u0007\u009b' }] },
    ]);
    expect(read(formatCsv(buildLeaderboard(state), SETTINGS))[0]!.reason).toBe('\\u001b[2Jboo\\u0007\\u009b');
  });

  test('prints chosen columns, and names those that exist when one does not', () => {
    expect(
      formatCsv(leaderboard, SETTINGS, { columns: ['trial', 'svm.C'] })
        .split('\n')
        .slice(0, 3),
    ).toEqual(['trial,svm.C', '1,', '0,0.30000000000000004']);
    expect(formatCsv(leaderboard, SETTINGS, { columns: ['params'] }).split('\n')[0]).toBe(
      SETTINGS.parameters.join(','),
    );
    expect(() => formatCsv(leaderboard, SETTINGS, { columns: ['svm.c'] })).toThrow(UsageError);
  });

  test('many rows come in pieces of whole lines', () => {
    const folds = [completed(0.5), completed(0.25), completed(1)];
    const trials = Array.from({ length: 600 }, () => ({ params: { model: 'svm' }, folds }));
    const board = buildLeaderboard(studyState(trials));
    const pieces = [...csvPieces(board.rows, SETTINGS)];
    expect(pieces.length).toBeGreaterThan(2);
    for (const piece of pieces) expect(piece.endsWith('\n')).toBe(true);
    expect(read(pieces.join('')).map((row) => row.trial)).toEqual(trials.map((_, trial) => String(trial)));
  });

  test('a number that JSON does not know is printed as JavaScript writes it', () => {
    const state = studyState([{ params: { model: 'svm', 'svm.C': Number.POSITIVE_INFINITY }, folds: [] }], {
      after: [{ type: 'finished', reason: 'wall' }],
    });
    expect(read(formatCsv(buildLeaderboard(state), SETTINGS))[0]!['svm.C']).toBe('Infinity');
  });
});
