import { describe, expect, test } from 'vitest';
import type { RawColumn } from '../../src/data/raw-table.js';
import { chooseColumns } from '../../src/init/find-excluded.js';
import { numbers, range, table, texts } from './table.js';

const rows = range(40);
const feature = numbers(
  'x',
  rows.map((row) => (row * 7) % 11),
);
const target = numbers(
  'y',
  rows.map((row) => row % 2),
);

function excluded(...columns: readonly RawColumn[]): readonly string[] {
  return chooseColumns(table(...columns, feature, target), 'y').excluded.map((column) => column.name);
}

describe('chooseColumns', () => {
  test('leaves identifiers, row numbers and free text out', () => {
    const shuffled = rows.map((row) => 1000 + ((row * 17) % 40));
    expect(excluded(numbers('customer_id', shuffled))).toEqual(['customer_id']);
    expect(excluded(numbers('customerID', shuffled))).toEqual(['customerID']);
    expect(
      excluded(
        numbers(
          'counter',
          rows.map((row) => row + 1),
        ),
      ),
    ).toEqual(['counter']);
    expect(
      excluded(
        texts(
          'name',
          rows.map((row) => `person ${row}`),
        ),
      ),
    ).toEqual(['name']);
    expect(
      excluded(
        texts(
          'comment',
          rows.map((row) => `text ${row}`),
          true,
        ),
      ),
    ).toEqual(['comment']);
  });

  test('keeps columns that only look a little like one', () => {
    expect(
      excluded(
        numbers(
          'paid',
          rows.map((row) => 1000 + ((row * 17) % 40)),
        ),
      ),
    ).toEqual([]);
    expect(
      excluded(
        numbers(
          'site_id',
          rows.map((row) => row % 4),
        ),
      ),
    ).toEqual([]);
    expect(
      excluded(
        texts(
          'city',
          rows.map((row) => `city ${row % 10}`),
        ),
      ),
    ).toEqual([]);
  });

  test('takes dates for numbers', () => {
    const days = texts(
      'day',
      rows.map((row) => `2024-01-${String((row % 28) + 1).padStart(2, '0')}`),
    );
    expect(chooseColumns(table(days, feature, target), 'y')).toEqual({ excluded: [], dates: ['day'] });
  });

  test('never leaves the target out, and never every feature', () => {
    const names = texts(
      'y',
      rows.map((row) => `person ${row}`),
    );
    expect(chooseColumns(table(numbers('id', rows), names), 'y').excluded).toEqual([]);
  });
});
