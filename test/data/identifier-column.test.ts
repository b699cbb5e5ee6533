import { describe, expect, test } from 'vitest';
import { identifyingNumbers, identifyingTexts } from '../../src/data/identifier-column.js';

const rows = Array.from({ length: 40 }, (_, row) => row);

describe('an identifier', () => {
  test('among numbers counts the rows, or is named like one and never repeats', () => {
    expect(
      identifyingNumbers(
        'n',
        Float64Array.from(rows, (row) => row + 7),
      ),
    ).toBe('numbers the rows');
    const shuffled = Float64Array.from(rows, (row) => (row * 7) % 40);
    expect(identifyingNumbers('customer_id', shuffled)).toBe('an identifier');
    expect(identifyingNumbers('customerID', shuffled)).toBe('an identifier');
    for (const name of ['paid', 'amount']) expect(identifyingNumbers(name, shuffled)).toBeUndefined();
    const repeated = Float64Array.from(rows, (row) => row % 39);
    expect(identifyingNumbers('customer_id', repeated)).toBeUndefined();
    expect(
      identifyingNumbers(
        'n',
        Float64Array.from({ length: 19 }, (_, row) => row),
      ),
    ).toBeUndefined();
  });

  test('among texts is another one in half of the rows that have any', () => {
    const codes = (different: number) => Int32Array.from(rows, (row) => row % different);
    expect(identifyingTexts(codes(20), 20)).toBe('another text in most rows');
    expect(identifyingTexts(codes(19), 19)).toBeUndefined();
    const halfMissing = Int32Array.from(rows, (row) => (row < 20 ? row % 10 : -1));
    expect(identifyingTexts(halfMissing, 10)).toBe('another text in most rows');
    expect(identifyingTexts(halfMissing.subarray(1), 10)).toBeUndefined();
  });
});
