import type { KernelViews } from './kernel-views.js';
import { CELL_BYTES, LIST_ADDRESS, PRESENT_ADDRESS, RESULT_ADDRESS } from './memory-layout.js';
import type { MomentKernel } from './moment-kernel.js';
import { ScalarDivision } from './scalar-division.js';

const CELL_DOUBLES = CELL_BYTES / 8;
/** Place of the rows within a cell, in words. */
const ROWS_WORD = 4;

/** The part of the reference kernel for rows with a target. */
export function scalarMoments(views: KernelViews): MomentKernel {
  const { bytes, words, singles, doubles } = views;
  const division = new ScalarDivision(views);

  /** Adds weighted targets, weights and rows, three numbers a code. */
  function sumByCode(
    cells: Float64Array,
    column: number,
    slots: number,
    moments: number,
    positions: number,
    start: number,
    end: number,
  ): void {
    for (let i = start; i < end; i++) {
      const position = words[positions / 4 + i]!;
      const pair = moments / 4 + 2 * position;
      const cell = 3 * bytes[column + position * slots]!;
      cells[cell]! += singles[pair]! * singles[pair + 1]!;
      cells[cell + 1]! += singles[pair + 1]!;
      cells[cell + 2]! += 1;
    }
  }

  return {
    total(moments, positions, start, end) {
      const first = singles[moments / 4 + 2 * words[positions / 4 + start]!]!;
      let sum = 0;
      let weight = 0;
      let differs = 0;
      for (let i = start; i < end; i++) {
        const pair = moments / 4 + 2 * words[positions / 4 + i]!;
        sum += singles[pair]! * singles[pair + 1]!;
        weight += singles[pair + 1]!;
        if (singles[pair] !== first) differs = 1;
      }
      doubles[RESULT_ADDRESS / 8 + 1] = sum;
      doubles[RESULT_ADDRESS / 8 + 2] = weight;
      return differs;
    },

    totalLeft(goesLeft, column, slots, moments, positions, start, end) {
      let sum = 0;
      let weight = 0;
      let rows = 0;
      for (let i = start; i < end; i++) {
        const position = words[positions / 4 + i]!;
        if (bytes[goesLeft + bytes[column + position * slots]!] === 0) continue;
        const pair = moments / 4 + 2 * position;
        sum += singles[pair]! * singles[pair + 1]!;
        weight += singles[pair + 1]!;
        rows++;
      }
      doubles[RESULT_ADDRESS / 8 + 1] = sum;
      doubles[RESULT_ADDRESS / 8 + 2] = weight;
      return rows;
    },

    divide(column, slots, codes, moments, positions, start, end, nodeSum, nodeWeight, leastRows, score) {
      const cells = new Float64Array(3 * codes);
      sumByCode(cells, column, slots, moments, positions, start, end);
      const mean = nodeSum / nodeWeight;
      division.begin(leastRows, end - start, nodeWeight, score);
      let sum = 0;
      let weight = 0;
      let rows = 0;
      let code = -1;
      for (let next = 0; next < codes; next++) {
        if (cells[3 * next + 2] === 0) continue;
        if (code >= 0) {
          const right = nodeWeight - weight;
          const difference = sum - mean * weight;
          division.consider((difference * difference) / (weight * right), weight, rows, code, next, weight > right);
        }
        sum += cells[3 * next]!;
        weight += cells[3 * next + 1]!;
        rows += cells[3 * next + 2]!;
        code = next;
      }
      return rows > cells[3 * code + 2]! ? 1 : 0;
    },

    list(column, slots, moments, positions, start, end) {
      const cells = new Float64Array(3 * 256);
      sumByCode(cells, column, slots, moments, positions, start, end);
      let length = 0;
      for (let code = 0; code < 256; code++) {
        if (cells[3 * code + 2] === 0) continue;
        const entry = LIST_ADDRESS / 8 + length * CELL_DOUBLES;
        doubles[entry] = cells[3 * code]!;
        doubles[entry + 1] = cells[3 * code + 1]!;
        words[2 * entry + ROWS_WORD] = cells[3 * code + 2]!;
        words[PRESENT_ADDRESS / 4 + length++] = code;
      }
      return length;
    },
  };
}
