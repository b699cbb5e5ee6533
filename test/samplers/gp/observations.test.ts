import { describe, expect, test } from 'vitest';
import { foldNoise, scoreNoise } from '../../../src/samplers/gp/fold-noise.js';
import { observe, selectRows } from '../../../src/samplers/gp/observations.js';
import type { EndedTrial, TrialState } from '../../../src/trial.js';
import { float, space } from '../../space/space-builder.js';

const line = space([float('x', 0, 1)]);

function ended(
  number: number,
  score: number | undefined,
  state: Exclude<TrialState, 'completed'> = 'failed',
): EndedTrial {
  const trial = { number, params: { x: number / 10 }, folds: [] };
  return score === undefined
    ? { ...trial, state, score, reason: 'did not converge' }
    : { ...trial, state: 'completed', score, reason: undefined };
}

function withFolds(number: number, scores: readonly number[]): EndedTrial {
  const folds = scores.map((auc) => {
    return { state: 'completed' as const, scores: { other: 0.5, auc }, fitSeconds: 0, scoreSeconds: 0 };
  });
  return { ...ended(number, scores.reduce((sum, score) => sum + score, 0) / scores.length), folds };
}

describe('observe', () => {
  test('standardises, the lower the better', () => {
    const { values, inputs } = observe(line, 'maximize', [ended(0, 1), ended(1, 2), ended(2, 3)]);
    expect([...inputs]).toEqual([0, 0.1, 0.2]);
    expect([...values]).toEqual([Math.sqrt(1.5), 0, -Math.sqrt(1.5)]);
  });

  test('a failure is as bad as the worst, a lost race as the third quartile, a cancelled trial is left out', () => {
    const { values, rows } = observe(line, 'minimize', [
      ...[1, 2, 3, 4, 5].map((score) => ended(score, score)),
      ended(6, undefined),
      ended(7, undefined, 'timed-out'),
      ended(8, undefined, 'raced-out'),
      ended(9, undefined, 'cancelled'),
    ]);
    expect(rows).toBe(8);
    expect(values[5]).toBe(values[4]);
    expect(values[6]).toBe(values[4]);
    expect(values[7]).toBe(values[3]);
  });

  test('a disaster does not flatten the others', () => {
    const scores = [1, 2, 3, 4, 5, 6, 7, 1e12];
    const { values } = observe(
      line,
      'minimize',
      scores.map((score, i) => ended(i, score)),
    );
    expect(values[6]! - values[0]!).toBeGreaterThan(0.2);
    expect(values[7]).toBeGreaterThan(values[6]!);
  });

  test('values that cannot be squared stay finite', () => {
    const { values } = observe(line, 'maximize', [ended(0, 1e300), ended(1, -1e300), ended(2, 0)]);
    expect([...values].every(Number.isFinite)).toBe(true);
    expect(values[0]).toBeLessThan(values[2]!);
  });
});

describe('foldNoise', () => {
  test('is the residual of the two-way analysis of variance over the folds', () => {
    // Trial effects 0, 1, 2; fold effects -1, 0, 1; residuals a Latin square of -e, 0, e: sum of squares 2 e² a trial.
    const e = 0.1;
    const residuals = [
      [-e, 0, e],
      [0, e, -e],
      [e, -e, 0],
    ];
    const trials = residuals.map((row, i) =>
      withFolds(
        i,
        row.map((residual, fold) => i + fold - 1 + residual),
      ),
    );
    // Sum of squares 6 e² over 4 degrees of freedom, over 3 folds.
    expect(foldNoise(trials)).toBeCloseTo((6 * e * e) / 4 / 3, 12);
  });

  test('folds that differ for all trials alike are no noise', () => {
    expect(foldNoise([0, 1, 2, 3].map((i) => withFolds(i, [i, i + 5, i - 7])))).toBeCloseTo(0, 12);
  });

  test('is unknown without folds', () => {
    expect(foldNoise([ended(0, 1), ended(1, 2), ended(2, 3)])).toBeUndefined();
    expect(foldNoise([])).toBeUndefined();
  });
});

describe('selectRows', () => {
  test('takes all when they are few', () => {
    expect([...selectRows(Float64Array.of(3, 1, 2), 3)]).toEqual([0, 1, 2]);
  });

  test('takes the better half by value and the rest from everywhere', () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => (i * 619) % 1000);
    const rows = [...selectRows(values, 100)];
    expect(new Set(rows).size).toBe(100);
    expect(rows).toEqual([...rows].sort((a, b) => a - b));
    const best = rows.filter((row) => values[row]! < 50);
    expect(best).toHaveLength(50);
    const others = rows.filter((row) => values[row]! >= 50);
    for (let tenth = 0; tenth < 10; tenth++) {
      const inside = others.filter((row) => Math.floor(row / 100) === tenth).length;
      expect(inside).toBeGreaterThanOrEqual(4);
    }
  });
});

describe('scoreNoise', () => {
  const told = (number: number, score: number, variance?: number): EndedTrial => {
    const trial = { number, params: { x: 0 }, state: 'completed', score, reason: undefined, folds: [] } as const;
    return variance === undefined ? trial : { ...trial, variance };
  };

  test('is the median of the variances told, whatever is not told', () => {
    expect(scoreNoise([told(0, 1, 9), told(1, 2), told(2, 3, 1), told(3, 4, 4)])).toBe(4);
    expect(scoreNoise([told(0, 1, 0)])).toBe(0);
    expect(scoreNoise([told(0, 1), told(1, 2)])).toBeUndefined();
  });

  test('comes to the observations in units of their variance', () => {
    const line = space([float('x', 0, 1)]);
    // Values 1 and 5 have variance 4.
    expect(observe(line, 'minimize', [told(0, 1, 2), told(1, 5, 2)]).noise).toBeCloseTo(0.5, 12);
  });
});
