import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dataset } from '../../src/data/dataset.js';
import { DataError, SpaceFileError } from '../../src/errors.js';
import { Random } from '../../src/random.js';
import type { Fold, SplitterOptions } from '../../src/validation/splitter.js';
import { findSplitter, SPLITTERS } from '../../src/validation/splitters/index.js';
import { type SplitterCase, splitterContract } from '../contracts/splitter-contract.js';
import { classificationTable, regressionTable, rowNumbers } from './datasets.js';

const reference: {
  kfold: { rows: number; folds: number; sizes: number[] }[];
  stratified: { labels: number[]; classes: number; folds: number; allocation: number[][] }[];
  group: { groups: number[]; folds: number; sizes: number[] }[];
  time: { order: number[]; folds: number; parts: { train: number[]; test: number[] }[] }[];
} = JSON.parse(readFileSync(new URL('./reference/splits.json', import.meta.url), 'utf8'));

const DEFAULTS: SplitterOptions = { folds: 5, repeats: 1, test: 0.25 };

function split(
  name: string,
  dataset: Dataset,
  options: Partial<SplitterOptions>,
  rows = rowNumbers(dataset.rows),
): readonly Fold[] {
  return findSplitter(name)!.split(
    dataset,
    rows,
    { ...DEFAULTS, ...options },
    (repeat) => new Random(3, 'folds', repeat),
  );
}

function refusal(run: () => unknown): DataError | SpaceFileError {
  try {
    run();
  } catch (error) {
    if (error instanceof DataError || error instanceof SpaceFileError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const labels = Array.from({ length: 48 }, (_, row) => (row % 5 === 0 ? 1 : 0));
const table = classificationTable(labels, ['no', 'yes'], {
  groups: labels.map((_, row) => (row * row) % 13),
  order: labels.map((_, row) => (row * 29) % 48),
});
const rows = rowNumbers(48).filter((row) => row % 7 !== 3);
const parts = classificationTable(labels, ['no', 'yes'], { order: labels.map((_, row) => [10, 2, 33][row % 3]!) });

// Sizes are those of scikit-learn's splitters on the same rows.
const contractCases: Record<string, Omit<SplitterCase, 'splitter' | 'rows'>> = {
  kfold: {
    dataset: table,
    options: { ...DEFAULTS, repeats: 2 },
    testSizes: [9, 8, 8, 8, 8, 9, 8, 8, 8, 8],
    covers: 'each',
    drawn: true,
  },
  stratified: {
    dataset: table,
    options: { ...DEFAULTS, repeats: 2 },
    testSizes: [9, 8, 8, 8, 8, 9, 8, 8, 8, 8],
    covers: 'each',
    drawn: true,
  },
  group: {
    dataset: table,
    options: { ...DEFAULTS, folds: 3, repeats: 2 },
    testSizes: [13, 16, 12, 13, 16, 12],
    covers: 'each',
    drawn: true,
  },
  time: { dataset: table, options: { ...DEFAULTS, folds: 4 }, testSizes: [8, 8, 8, 8], covers: 'past', drawn: false },
  predefined: { dataset: parts, options: DEFAULTS, testSizes: [14, 13, 14], covers: 'each', drawn: false },
  holdout: { dataset: table, options: { ...DEFAULTS, repeats: 2 }, testSizes: [10, 10], covers: 'some', drawn: true },
};

for (const splitter of SPLITTERS) splitterContract({ splitter, rows, ...contractCases[splitter.name]! });

test('an unknown name finds nothing', () => {
  expect(findSplitter('k-fold')).toBeUndefined();
});

describe('kfold', () => {
  test.each(reference.kfold)('$rows rows in $folds folds have the sizes of scikit-learn', ({ rows, folds, sizes }) => {
    const dataset = regressionTable(Array.from({ length: rows }, () => 1));
    expect(split('kfold', dataset, { folds }).map((fold) => fold.test.length)).toEqual(sizes);
  });

  test('refuses more folds than rows', () => {
    const error = refusal(() => split('kfold', regressionTable([1, 2, 3]), {}));
    expect(error).toBeInstanceOf(DataError);
    expect(error.message).toBe('3 rows cannot be divided into 5 folds');
    expect(error.hint).toContain('evaluation.cv.folds to 3');
  });

  test('every row tests in every fold equally often', () => {
    const dataset = regressionTable(Array.from({ length: 10 }, () => 1));
    const times = Array.from({ length: 10 }, () => new Array<number>(5).fill(0));
    split('kfold', dataset, { repeats: 2000 }).forEach(({ test: tested }, index) => {
      for (const row of tested) times[row]![index % 5]! += 1;
    });
    // Binomial(2000, 1/5): mean 400, standard deviation 17.9.
    for (const count of times.flat()) expect(Math.abs(count - 400)).toBeLessThan(5 * 17.9);
  });
});

describe('stratified', () => {
  test.each(reference.stratified)('allocates classes as scikit-learn ($classes classes, $folds folds)', (given) => {
    const classes = Array.from({ length: given.classes }, (_, index) => `c${index}`);
    const folds = split('stratified', classificationTable(given.labels, classes), { folds: given.folds });
    const allocation = folds.map(({ test: tested }) =>
      classes.map((_, label) => tested.filter((row) => given.labels[row] === label).length),
    );
    expect(allocation).toEqual(given.allocation);
  });

  test('spreads every class and all rows to within one row', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 3, max: 17 }), { minLength: 2, maxLength: 6 }), (counts) => {
        const drawn = new Random(1).shuffle(counts.flatMap((count, label) => new Array<number>(count).fill(label)));
        const folds = split('stratified', classificationTable(drawn, counts.map(String)), { folds: 3 });
        const sizes = folds.map((fold) => fold.test.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        counts.forEach((count, label) => {
          for (const { test: tested } of folds) {
            const own = tested.filter((row) => drawn[row] === label).length;
            expect([Math.floor(count / 3), Math.ceil(count / 3)]).toContain(own);
          }
        });
      }),
    );
  });

  test('refuses a class with fewer rows than folds by name and count', () => {
    const dataset = classificationTable([...new Array<number>(20).fill(0), 1, 1, 1, 2], ['common', 'rare', 'single']);
    const error = refusal(() => split('stratified', dataset, {}));
    expect(error).toBeInstanceOf(DataError);
    expect(error.message).toBe("5 folds need 5 rows of every class of 'label': 'rare' has 3 rows, 'single' has 1 row");
    expect(error.hint).toBe('exclude the rows of rare classes from the data, or set evaluation.cv.kind: kfold');
    const two = refusal(() => split('stratified', classificationTable([0, 0, 0, 0, 0, 1, 1, 1], ['a', 'b']), {}));
    expect(two.hint).toContain('lower evaluation.cv.folds to 3 or less');
  });

  test('refuses a numeric target', () => {
    const error = refusal(() => split('stratified', regressionTable([1, 2, 3, 4, 5]), {}));
    expect(error).toBeInstanceOf(SpaceFileError);
    expect(error.message).toContain("target 'amount' is numeric; use kfold");
  });
});

describe('group', () => {
  test.each(reference.group)('balances as scikit-learn ($folds folds)', ({ groups, folds, sizes }) => {
    const dataset = regressionTable(groups, { groups });
    expect(split('group', dataset, { folds }).map((fold) => fold.test.length)).toEqual(sizes);
  });

  test('parts no group', () => {
    const groups = Array.from({ length: 60 }, (_, row) => (row * 7 + (row % 3)) % 11);
    for (const { train, test: tested } of split('group', regressionTable(groups, { groups }), {
      folds: 4,
      repeats: 3,
    })) {
      const training = new Set(Array.from(train, (row) => groups[row]));
      expect(tested.some((row) => training.has(groups[row]))).toBe(false);
    }
  });

  test('refuses fewer groups than folds', () => {
    const error = refusal(() => split('group', regressionTable([1, 2, 3, 4], { groups: [7, 7, 9, 9] }), { folds: 3 }));
    expect(error.message).toBe('3 folds need 3 groups or more, and there are 2');
    expect(error.hint).toContain('evaluation.cv.folds to 2');
  });
});

describe('time', () => {
  test.each(reference.time)('gives the rows of TimeSeriesSplit ($folds folds)', ({ order, folds, parts }) => {
    const given = split('time', regressionTable(order, { order }), { folds });
    expect(given.map(({ train, test: tested }) => ({ train: [...train], test: [...tested] }))).toEqual(parts);
  });

  test('keeps rows of the same time together', () => {
    const order = [1, 1, 1, 2, 3, 3, 3, 4, 5, 6, 6, 7];
    const folds = split('time', regressionTable(order, { order }), { folds: 3 });
    // Cuts at 3, 6 and 9 rows; that at 6 would part the threes, that at 9 does not part the sixes.
    expect(folds.map(({ test: tested }) => Array.from(tested, (row) => order[row]))).toEqual([
      [2, 3, 3, 3],
      [4, 5],
      [6, 6, 7],
    ]);
    for (const { train, test: tested } of folds) {
      expect(Math.max(...Array.from(train, (row) => order[row]!))).toBeLessThan(
        Math.min(...Array.from(tested, (row) => order[row]!)),
      );
    }
  });

  test('refuses ties that leave a window empty, and too few rows', () => {
    const tied = refusal(() =>
      split('time', regressionTable(new Array(12).fill(0), { order: new Array(12).fill(4) }), { folds: 3 }),
    );
    expect(tied.message).toContain('fold 1 of 3 is empty');
    const few = refusal(() => split('time', regressionTable([1, 2, 3], { order: [1, 2, 3] }), { folds: 3 }));
    expect(few.message).toBe('3 rows cannot be divided into 3 windows after a first one');
  });
});

describe('predefined', () => {
  test('makes one fold of each value, ascending', () => {
    const order = [3, 1, 3, 20, 1, 3];
    const folds = split('predefined', regressionTable(order, { order }), {});
    expect(folds.map((fold) => [...fold.test])).toEqual([[1, 4], [0, 2, 5], [3]]);
    expect([...folds[2]!.train]).toEqual([0, 1, 2, 4, 5]);
  });

  test('refuses a single fold', () => {
    const single = refusal(() => split('predefined', regressionTable([1, 2], { order: [1, 1] }), {}));
    expect(single.message).toContain('one value only');
  });
});

describe('holdout', () => {
  test.each([
    [100, 0.29, 29],
    [7, 0.2, 1],
    [3, 0.1, 1],
    [3, 0.9, 2],
    [7043, 0.2, 1408],
  ])('%i rows at %d test %i', (count, share, expected) => {
    const dataset = regressionTable(Array.from({ length: count }, () => 1));
    expect(split('holdout', dataset, { test: share })[0]!.test.length).toBe(expected);
  });

  test('gives every class its share', () => {
    const drawn = new Random(2).shuffle([
      ...new Array<number>(80).fill(0),
      ...new Array<number>(15).fill(1),
      ...new Array<number>(5).fill(2),
    ]);
    const [fold] = split('holdout', classificationTable(drawn, ['a', 'b', 'c']), { test: 0.2 });
    expect([0, 1, 2].map((label) => fold!.test.filter((row) => drawn[row] === label).length)).toEqual([16, 3, 1]);
  });

  test('refuses a single row', () => {
    expect(refusal(() => split('holdout', regressionTable([1]), {})).message).toContain('1 rows cannot be parted');
  });
});
