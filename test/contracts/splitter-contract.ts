import { describe, expect, test } from 'vitest';
import type { Dataset } from '../../src/data/dataset.js';
import { Random } from '../../src/random.js';
import type { Fold, Splitter, SplitterOptions } from '../../src/validation/splitter.js';

export interface SplitterCase {
  readonly splitter: Splitter;
  readonly dataset: Dataset;
  /** Ascending, not all rows of the dataset. */
  readonly rows: Int32Array;
  readonly options: SplitterOptions;
  /** Test rows a fold, repeat by repeat. */
  readonly testSizes: readonly number[];
  /** `each`: every row tests once a repeat and trains otherwise; `past`: only rows before the test rows train. */
  readonly covers: 'each' | 'past' | 'some';
  /** Whether chance decides: another seed gives other folds, as does another repeat. */
  readonly drawn: boolean;
}

/** What holds for every splitter. */
export function splitterContract(given: SplitterCase): void {
  const { splitter, dataset, rows, options } = given;
  const split = (seed: number): readonly Fold[] =>
    splitter.split(dataset, rows, options, (repeat) => new Random(seed, 'folds', repeat));
  const known = new Set(rows);

  describe(`splitter ${splitter.name}`, () => {
    test('has the promised sizes', () => {
      expect(split(1).map((fold) => fold.test.length)).toEqual(given.testSizes);
    });

    test('gives ascending, disjoint rows of those it was given, and no empty part', () => {
      for (const { train, test } of split(1)) {
        for (const part of [train, test]) {
          expect(part.length).toBeGreaterThan(0);
          expect(part).toEqual(Int32Array.from(new Set(part)).sort());
          expect(part.every((row) => known.has(row))).toBe(true);
        }
        const inTest = new Set(test);
        expect(train.some((row) => inTest.has(row))).toBe(false);
        if (given.covers !== 'past') expect(train.length + test.length).toBe(rows.length);
      }
    });

    if (given.covers === 'each') {
      test('tests every row once a repeat', () => {
        const folds = split(1);
        const perRepeat = folds.length / options.repeats;
        for (let first = 0; first < folds.length; first += perRepeat) {
          const tested = folds.slice(first, first + perRepeat).flatMap((fold) => [...fold.test]);
          expect(Int32Array.from(tested).sort()).toEqual(rows);
        }
      });
    }

    test('gives the same folds for the same seed', () => {
      expect(split(7)).toEqual(split(7));
    });

    if (given.drawn) {
      test('draws others for another seed and another repeat', () => {
        const folds = split(7);
        expect(split(8)).not.toEqual(folds);
        const perRepeat = folds.length / options.repeats;
        expect(options.repeats).toBeGreaterThan(1);
        expect(folds.slice(perRepeat, 2 * perRepeat)).not.toEqual(folds.slice(0, perRepeat));
      });
    } else {
      test('leaves nothing to chance', () => {
        expect(split(8)).toEqual(split(7));
      });
    }

    test('leaves the rows as they were', () => {
      const before = rows.slice();
      split(3);
      expect(rows).toEqual(before);
    });
  });
}
