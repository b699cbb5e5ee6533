import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildLeaderboard } from '../../src/leaderboard/build-leaderboard.js';
import { formatTable } from '../../src/leaderboard/format-table.js';
import { completed, exampleState, SETTINGS, studyState } from './study.js';

const leaderboard = buildLeaderboard(exampleState());

function widest(table: string): number {
  return Math.max(...table.split('\n').map((line) => line.length));
}

describe('formatTable', () => {
  test('shows rank, model, score and parameters, and those that never change below', () => {
    const table = formatTable(leaderboard, SETTINGS);
    expect(table.split('\n')[0]).toMatch(/^#\s+trial\s+model\s+accuracy\s+± std\s+log_loss\s+fit s\s+parameters$/);
    expect(table).toContain('C=0.3 layers=[64,32]');
    expect(table).toContain('timed-out: over 2m');
    const lines = table.split('\n');
    expect(lines.filter((line) => line.includes('scale'))).toEqual([lines.at(-1)]);
    expect(lines.at(-1)).toBe('the same in all rows that have them: scale=none');
  });

  const WIDE = studyState(
    [
      {
        params: { model: 'gradient-boosting', learning_rate: 0.047126, max_iter: 113, max_leaf_nodes: 9 },
        folds: [completed(0.5), completed(0.5), completed(0.5)],
      },
      {
        params: { model: 'gradient-boosting', learning_rate: 0.1, max_iter: 100, max_leaf_nodes: 31 },
        folds: [completed(0.4), completed(0.4), completed(0.4)],
      },
    ],
    { settings: { metrics: ['accuracy', 'log_loss'] } },
  );

  test('cuts nothing: parameters go on below, and columns without room are named', () => {
    const table = formatTable(buildLeaderboard(WIDE), WIDE.settings, { width: 72 });
    expect(table.split('\n').map((line) => line.trimEnd())).toEqual([
      '#  trial  model              accuracy   ± std  parameters',
      '────────────────────────────────────────────────────────────────────────',
      '1      0  gradient-boosting    0.5000  0.0000  learning_rate=0.047126',
      '                                               max_iter=113',
      '                                               max_leaf_nodes=9',
      '2      1  gradient-boosting    0.4000  0.0000  learning_rate=0.1',
      '                                               max_iter=100',
      '                                               max_leaf_nodes=31',
      'no room for: log_loss, fit s (shown on wider lines, or with --columns of',
      '             `cml leaderboard`)',
    ]);
    const wide = formatTable(buildLeaderboard(WIDE), WIDE.settings, { width: 200 });
    expect(wide).toContain('learning_rate=0.047126 max_iter=113 max_leaf_nodes=9');
    expect(wide).not.toContain('no room');
  });

  test('params is one column of text beside numbers that are never cut', () => {
    const columns = ['rank', 'model', 'score', 'fold_1', 'log_loss', 'params'];
    const lines = formatTable(buildLeaderboard(WIDE), WIDE.settings, { columns, width: 72 }).split('\n');
    expect(lines[0]).toMatch(/^rank {2}model {15}score {2}fold_1 {2}log_loss {2}params$/);
    expect(lines[2]).toMatch(
      /^ {3}1 {2}gradient-boosting {2}0\.5000 {2}0\.5000 {4}1\.0000 {2}learning_rate=0\.047126$/,
    );
    expect(lines[3]).toMatch(/^ +max_iter=113$/);
  });

  test('fits 80 columns with many metrics and long parameters', () => {
    const metrics = ['accuracy', 'balanced_accuracy', 'f1_macro', 'log_loss', 'brier', 'roc_auc', 'pr_auc', 'mcc'];
    const scores = Object.fromEntries(metrics.map((name) => [name, 0.5]));
    const folds = [0, 1, 2].map(() => ({ state: 'completed', scores, fitSeconds: 1, scoreSeconds: 1 }) as const);
    const params = (trial: number) => {
      const names = Array.from({ length: 12 }, (_, i) => [`gradient-boosting.parameter_${i}`, trial + i / 7]);
      return { model: 'gradient-boosting', ...Object.fromEntries(names) };
    };
    const trials = Array.from({ length: 200 }, (_, trial) => ({ params: params(trial), folds }));
    const state = studyState(trials, { settings: { metrics } });
    const table = formatTable(buildLeaderboard(state), state.settings);
    expect(widest(table)).toBeLessThanOrEqual(80);
    expect(table).toContain('gradient-boosting'.slice(0, 11));
    expect(table).toContain('parameter_0=');
    expect(widest(formatTable(buildLeaderboard(state), state.settings, { width: 200 }))).toBeGreaterThan(120);
  });

  test('fits any width from 64 on, whatever names, reasons and scores hold', () => {
    const text = fc.string({ maxLength: 60, unit: 'binary-ascii' });
    fc.assert(
      fc.property(
        text,
        text,
        fc.double({ noNaN: true }),
        fc.integer({ min: 64, max: 160 }),
        (name, reason, score, width) => {
          const settings = { metrics: ['accuracy'], foldCount: 1 };
          const state = studyState(
            [
              { params: { model: name, 'svm.C': name }, folds: [completed(score)] },
              { params: { model: name, 'svm.C': 1 }, folds: [{ state: 'failed', reason }] },
            ],
            { settings },
          );
          const table = formatTable(buildLeaderboard(state), state.settings, { width });
          expect(widest(table)).toBeLessThanOrEqual(width);
          // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is the point
          expect(table).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('colours only on demand, the winner in green', () => {
    expect(formatTable(leaderboard, SETTINGS)).not.toContain('\u001b');
    const winner = formatTable(leaderboard, SETTINGS, { color: true })
      .split('\n')
      .find((line) => line.includes('\u001b[32m'));
    expect(winner).toContain('forest');
  });

  test('shows the columns asked for', () => {
    const table = formatTable(leaderboard, SETTINGS, { columns: ['trial', 'state', 'preprocess.scale'] });
    expect(table.split('\n')[0]).toMatch(/^trial\s+state\s+preprocess.scale$/);
    expect(table.split('\n')[2]).toMatch(/^\s+1\s+completed\s+none$/);
  });

  test('says so when nothing has ended', () => {
    expect(formatTable(buildLeaderboard(studyState([])), SETTINGS)).toBe('No trial has ended yet.');
  });
});
