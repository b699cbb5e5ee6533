import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPruner, type PruningSpec } from '../../src/pruners/index.js';
import type { Goal, LearningCurve } from '../../src/trial.js';

const curve = (...values: number[]): LearningCurve => values.map((value, step) => [step, value]);

describe('median stopping', () => {
  const pruner = (given: Partial<Extract<PruningSpec, { method: 'median' }>> = {}, goal: Goal = 'maximize') =>
    createPruner({ method: 'median', warmup: 0, startup: 1, ...given }, goal);

  test('compares the best so far with the median of running averages', () => {
    // Averages until step 1: 1, 2 and 6; their median is 2.
    const others = [curve(0, 2, 9), curve(2, 2), curve(4, 8)];
    expect(pruner().prunes(curve(1, 1.5), others)).toBe(true);
    expect(pruner().prunes(curve(2.5, 0), others)).toBe(false);
    expect(pruner().prunes(curve(1, 2), others)).toBe(false);
    expect(pruner({}, 'minimize').prunes(curve(3, 2.5), others)).toBe(true);
    expect(pruner({}, 'minimize').prunes(curve(3, 1), others)).toBe(false);
    // Of an even number the middle of the two in the middle: 1.5.
    expect(pruner().prunes(curve(1.4, 1), others.slice(0, 2))).toBe(true);
    expect(pruner().prunes(curve(1.6, 1), others.slice(0, 2))).toBe(false);
  });

  test('waits for enough trials and enough steps', () => {
    const others = [curve(5, 5), curve(6, 6)];
    expect(pruner({ startup: 3 }).prunes(curve(1), others)).toBe(false);
    expect(pruner({ startup: 2 }).prunes(curve(1), others)).toBe(true);
    expect(pruner({ warmup: 1 }).prunes(curve(1), others)).toBe(false);
    expect(pruner({ warmup: 1 }).prunes(curve(1, 1), others)).toBe(true);
    expect(pruner({ startup: 0 }).prunes(curve(1), [])).toBe(false);
    // A trial that has not come as far says nothing of that step, one that reports more rarely does.
    expect(pruner().prunes(curve(1), [[[3, 9]]])).toBe(false);
  });
});

describe('successive halving', () => {
  const pruner = (goal: Goal = 'maximize') => createPruner({ method: 'halving', minSteps: 1, factor: 3 }, goal);
  const at = (step: number, value: number): LearningCurve => [[step, value]];

  test('lets the best third of those at a rung go on', () => {
    const others = [1, 2, 3, 4, 5].map((value) => at(1, value));
    expect(pruner().prunes(at(1, 4.5), others)).toBe(false);
    expect(pruner().prunes(at(1, 3.5), others)).toBe(true);
    expect(pruner('minimize').prunes(at(1, 1.5), others)).toBe(false);
    expect(pruner('minimize').prunes(at(1, 2.5), others)).toBe(true);
    // Of fewer than the factor, the best one goes on.
    expect(pruner().prunes(at(1, 6), others.slice(4))).toBe(false);
    expect(pruner().prunes(at(1, 4), others.slice(4))).toBe(true);
    expect(pruner().prunes(at(1, 0), [])).toBe(false);
  });

  test('judges at rungs only: 1, 3, 9, …', () => {
    const others = Array.from({ length: 8 }, () => curve(9, 9, 9, 9, 9, 9, 9, 9, 9, 9));
    const pruned = (steps: number) => pruner().prunes(curve(...Array<number>(steps + 1).fill(0)), others);
    expect([0, 1, 2, 3, 4, 8, 9].map(pruned)).toEqual([false, true, false, true, false, false, true]);
    // Reported at 0 and 5: the rungs 1 and 3 lie between; a rival counts with its first value from there on.
    expect(pruner().prunes([at(0, 0)[0]!, [5, 0]], [[[4, 1]], [[4, 1]], [[2, 1]]])).toBe(true);
  });
});

test('the best of all is never given up', () => {
  const curves = fc.array(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 }), {
    maxLength: 12,
  });
  const specs: readonly PruningSpec[] = [
    { method: 'median', warmup: 0, startup: 1 },
    { method: 'halving', minSteps: 1, factor: 2 },
  ];
  fc.assert(
    fc.property(fc.constantFrom(...specs), curves, fc.integer({ min: 1, max: 12 }), (spec, others, length) => {
      const best = curve(...Array<number>(length).fill(1));
      expect(
        createPruner(spec, 'maximize').prunes(
          best,
          others.map((values) => curve(...values)),
        ),
      ).toBe(false);
    }),
  );
});
