import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dataset, FeatureColumn } from '../../src/data/dataset.js';
import { loadDataset } from '../../src/data/load-dataset.js';
import {
  DEFAULT_PREPROCESSING,
  ENCODE_METHODS,
  IMPUTE_METHODS,
  type Preprocessing,
  SCALE_METHODS,
} from '../../src/data/preprocessing-options.js';
import { fitPreprocessor } from '../../src/data/preprocessor.js';
import { DataError } from '../../src/errors.js';
import { dataSpec, shipped } from './data-spec.js';

interface ReferenceCase extends Preprocessing {
  readonly dataset: string;
  readonly target: string;
  readonly rows: number;
  readonly columns: number;
  /** Of each column. */
  readonly means: readonly number[];
  /** Mean square of each column. */
  readonly squares: readonly number[];
  /** The row in the middle. */
  readonly row: readonly number[];
}

const reference: { readonly cases: readonly ReferenceCase[] } = JSON.parse(
  readFileSync(new URL('./reference/preprocessing.json', import.meta.url), 'utf8'),
);

function tableOf(...features: FeatureColumn[]): Dataset {
  const values = features[0]!.kind === 'categorical' ? features[0]!.codes : features[0]!.values;
  const target = { task: 'regression', name: 'y', values: new Float64Array(values.length) } as const;
  return { rows: values.length, features, target, hash: '' };
}

const numeric = (...values: number[]): FeatureColumn => ({
  kind: 'numeric',
  name: 'n',
  values: Float64Array.from(values),
});
const categorical = (...codes: number[]): FeatureColumn => ({
  kind: 'categorical',
  name: 'c',
  codes: Int32Array.from(codes),
  categories: ['a', 'b', 'c'],
});

function run(dataset: Dataset, train: number[], rows: number[], options: Partial<Preprocessing>) {
  const fitted = fitPreprocessor(dataset, Int32Array.from(train), { ...DEFAULT_PREPROCESSING, ...options });
  const matrix = fitted.transform(Int32Array.from(rows));
  const out = rows.map((_, row) => Array.from(matrix.data.subarray(row * matrix.columns, (row + 1) * matrix.columns)));
  return { columns: fitted.columns, out };
}

describe('scikit-learn', () => {
  const loaded = new Map<string, ReturnType<typeof loadDataset>>();
  const load = ({ dataset, target }: ReferenceCase) => {
    const result = loaded.get(dataset) ?? loadDataset(dataSpec(shipped(dataset), target));
    loaded.set(dataset, result);
    return result;
  };

  test.each(reference.cases)('agrees on $dataset: $impute, $encode, $scale', async (expected) => {
    const { dataset } = await load(expected);
    const rows = Int32Array.from({ length: dataset.rows }, (_, row) => row);
    const test = rows.filter((row) => row % 3 === 0);
    const fitted = fitPreprocessor(
      dataset,
      rows.filter((row) => row % 3 !== 0),
      expected,
    );
    const { data, rows: height, columns: width } = fitted.transform(test);
    expect([height, width]).toEqual([expected.rows, expected.columns]);
    expect(fitted.columns).toHaveLength(width);
    for (let column = 0; column < width; column++) {
      let sum = 0;
      let squares = 0;
      for (let row = 0; row < height; row++) {
        const value = data[row * width + column]!;
        sum += value;
        squares += value * value;
      }
      const size = Math.sqrt(expected.squares[column]!) || 1;
      expect(Math.abs(sum / height - expected.means[column]!) / size).toBeLessThan(1e-11);
      expect(Math.abs(squares / height - expected.squares[column]!) / size ** 2).toBeLessThan(1e-11);
      const middle = data[Math.floor(height / 2) * width + column]!;
      expect(Math.abs(middle - expected.row[column]!) / size).toBeLessThan(1e-11);
    }
  });
});

describe('numeric columns', () => {
  test('statistics come from the training rows only', () => {
    const dataset = tableOf(numeric(1, 3, Number.NaN, 1000));
    expect(run(dataset, [0, 1, 2], [0, 2, 3], { impute: 'mean', scale: 'none' }).out).toEqual([[1], [2], [1000]]);
    expect(run(dataset, [0, 1], [0, 3], { scale: 'minmax' }).out).toEqual([[0], [499.5]]);
  });

  test('of equally frequent values the least is imputed', () => {
    const dataset = tableOf(numeric(5, 3, 3, 5, Number.NaN));
    expect(run(dataset, [0, 1, 2, 3], [4], { impute: 'most_frequent', scale: 'none' }).out).toEqual([[3]]);
  });

  test.each(['standard', 'minmax', 'robust'] as const)('a constant becomes 0 by %s', (scale) => {
    const dataset = tableOf(numeric(0.1, 0.1, 0.1, 0.1, 0.1, 0.1));
    expect(run(dataset, [0, 1, 2, 3, 4, 5], [0, 5], { scale }).out).toEqual([[0], [0]]);
  });

  test.each(['standard', 'minmax', 'robust'] as const)(
    'so does one that is constant but for rounding, by %s',
    (scale) => {
      const almost = tableOf(numeric(0.3, 0.1 + 0.2, 0.3, 0.1 + 0.2, 0.2));
      for (const [row] of run(almost, [0, 1, 2, 3], [0, 1, 4], { scale }).out) expect(Math.abs(row!)).toBeLessThan(0.2);
      const holed = tableOf(numeric(...Array<number>(41).fill(0.1), Number.NaN, Number.NaN, 0.2));
      const rows = [...Array(43).keys()];
      expect(run(holed, rows, [0, 42, 43], { impute: 'mean', scale }).out).toEqual([[0], [0], [0.1]]);
    },
  );

  test('a column without any training value becomes 0', () => {
    const dataset = tableOf(numeric(Number.NaN, Number.NaN, 7));
    expect(run(dataset, [0, 1], [0, 1], {}).out).toEqual([[0], [0]]);
  });

  test('impute none is refused where values are missing, and only there', () => {
    const incomplete = tableOf(numeric(1, 2, Number.NaN));
    expect(() => run(incomplete, [0, 1], [0], { impute: 'none' })).toThrow(DataError);
    expect(() => run(incomplete, [0, 1], [0], { impute: 'none' })).toThrow(
      "preprocess.impute: none leaves missing values in column 'n'",
    );
    expect(run(tableOf(numeric(1, 2)), [0, 1], [0, 1], { impute: 'none', scale: 'none' }).out).toEqual([[1], [2]]);
    expect(run(incomplete, [0, 1], [2], { impute: 'none', encode: 'native' }).out).toEqual([[Number.NaN]]);
  });
});

test('boolean columns are imputed by the most frequent and never scaled', () => {
  const column: FeatureColumn = { kind: 'boolean', name: 'b', values: Float64Array.of(1, 1, 0, Number.NaN) };
  expect(run(tableOf(column), [0, 1, 2], [0, 2, 3], { impute: 'mean' }).out).toEqual([[1], [0], [1]]);
});

describe('categorical columns', () => {
  test('onehot: a column a category of the training rows, missing last, zeros for an unseen one', () => {
    const { columns, out } = run(tableOf(categorical(2, 0, -1, 1)), [0, 1, 2], [0, 1, 2, 3], {});
    expect(columns).toEqual(['c=a', 'c=c', 'c=(missing)']);
    expect(out).toEqual([
      [0, 1, 0],
      [1, 0, 0],
      [0, 0, 1],
      [0, 0, 0],
    ]);
  });

  test('onehot: a missing value is unseen where no training row lacks one', () => {
    expect(run(tableOf(categorical(0, 1, -1)), [0, 1], [2], {}).out).toEqual([[0, 0]]);
  });

  test('ordinal: ranks among the training rows, missing last, -1 for an unseen one', () => {
    const { columns, out } = run(tableOf(categorical(2, 0, -1, 1)), [0, 1, 2], [0, 1, 2, 3], { encode: 'ordinal' });
    expect(columns).toEqual(['c']);
    expect(out).toEqual([[1], [0], [2], [-1]]);
  });

  test('native: codes of the dataset, NaN when missing', () => {
    const { out } = run(tableOf(categorical(2, 0, -1, 1)), [0, 1], [0, 1, 2, 3], { encode: 'native' });
    expect(out).toEqual([[2], [0], [Number.NaN], [1]]);
  });
});

test('columns stand in the order of the features, and rows in the order asked for', () => {
  const dataset = tableOf(numeric(1, 2, 3), categorical(0, 1, 0), { ...numeric(4, 5, 6), name: 'm' } as FeatureColumn);
  const { columns, out } = run(dataset, [0, 1, 2], [2, 0, 2], { scale: 'none' });
  expect(columns).toEqual(['n', 'c=a', 'c=b', 'm']);
  expect(out).toEqual([
    [3, 1, 0, 6],
    [1, 1, 0, 4],
    [3, 1, 0, 6],
  ]);
});

test('whatever the values, the output is finite and bounded', () => {
  const extreme = fc.oneof(
    fc.double({ min: -1e150, max: 1e150, noNaN: true }),
    fc.constantFrom(0, 1e150, -1e150, 5e-324, 1e-200, Number.NaN),
  );
  const options = fc.record({
    impute: fc.constantFrom(...IMPUTE_METHODS.filter((method) => method !== 'none')),
    encode: fc.constantFrom(...ENCODE_METHODS),
    scale: fc.constantFrom(...SCALE_METHODS),
  });
  fc.assert(
    fc.property(fc.array(extreme, { minLength: 2, maxLength: 12 }), options, (values, preprocessing) => {
      const rows = values.map((_, index) => index);
      const { out } = run(tableOf(numeric(...values)), rows.slice(0, -1), rows, preprocessing);
      for (const [value] of out) expect(Math.abs(value!)).toBeLessThanOrEqual(1e150);
    }),
    { numRuns: 1000 },
  );
});
