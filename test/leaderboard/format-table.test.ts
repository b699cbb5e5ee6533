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
  test('shows rank, model, score and parameters, without those that never change', () => {
    const table = formatTable(leaderboard, SETTINGS);
    expect(table.split('\n')[0]).toMatch(/^#\s+trial\s+model\s+accuracy\s+± std\s+log_loss\s+fit s\s+parameters$/);
    expect(table).toContain('C=0.3 layers=[64,32]');
    expect(table).not.toContain('scale');
    expect(table).toContain('timed-out: over 2m');
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

  test('fits any width from 60 on, whatever names and reasons hold', () => {
    const text = fc.string({ maxLength: 60, unit: 'binary-ascii' });
    fc.assert(
      fc.property(
        text,
        text,
        fc.double({ noNaN: true }),
        fc.integer({ min: 60, max: 160 }),
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
