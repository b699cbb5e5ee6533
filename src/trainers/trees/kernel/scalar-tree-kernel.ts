import { Random } from '../../../random.js';
import { type ClassWeight, isForHistogram, SortedSides, SummedSides } from './scalar-class-sides.js';
import { scalarHistograms } from './scalar-histograms.js';
import { CELL_BYTES, LIST_ADDRESS, PRESENT_ADDRESS, RESULT_ADDRESS, type TreeKernel } from './tree-kernel.js';

const CELL_DOUBLES = CELL_BYTES / 8;
/** Place of the rows within a cell, in words. */
const ROWS_WORD = 4;

/**
 * The reference of the WebAssembly module, and what runs where there is none.
 * @param byteLength of its memory, which is zero; rounded up to whole doubles.
 */
export function createScalarTreeKernel(byteLength: number): TreeKernel {
  const buffer = new ArrayBuffer(Math.ceil(byteLength / 8) * 8);
  const bytes = new Uint8Array(buffer);
  const words = new Int32Array(buffer);
  const singles = new Float32Array(buffer);
  const doubles = new Float64Array(buffer);
  let leastSide = 1;
  let nodeRows = 0;
  let nodeWeight = 0;

  function beginDivisions(leastRows: number, rows: number, weight: number, score: number): void {
    leastSide = leastRows;
    nodeRows = rows;
    nodeWeight = weight;
    doubles[RESULT_ADDRESS / 8] = score;
  }

  /** Keeps a division that is allowed and better. @param weight of the left side, as `rows` and `largerLeft`. */
  function consider(
    score: number,
    weight: number,
    rows: number,
    code: number,
    next: number,
    largerLeft: boolean,
  ): void {
    if (!(score > doubles[RESULT_ADDRESS / 8]!) || rows < leastSide || nodeRows - rows < leastSide) return;
    if (!(nodeWeight - weight > 1e-12 * nodeWeight) || !(weight > 0)) return;
    doubles[RESULT_ADDRESS / 8] = score;
    words.set([code, next, largerLeft ? 1 : 0], RESULT_ADDRESS / 4 + 6);
  }

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

  function rowsByCode(column: number, slots: number, positions: number, start: number, end: number): number[][] {
    const rowsOf = Array.from({ length: 256 }, (): number[] => []);
    for (let i = start; i < end; i++) {
      const position = words[positions / 4 + i]!;
      rowsOf[bytes[column + position * slots]!]!.push(position);
    }
    return rowsOf;
  }

  return {
    buffer,
    ...scalarHistograms({ bytes, words, singles, doubles }),

    drawRows(drawing, pairs, rows, draws) {
      for (let row = 0; row < rows; row++) singles[pairs / 4 + 2 * row + 1] = 0;
      const state = words.subarray(drawing / 4, drawing / 4 + 4);
      const random = new Random(0);
      random.continueFrom(state);
      for (let i = 0; i < draws; i++) {
        singles[pairs / 4 + 2 * Math.floor(random.uint32() * (rows / 4294967296)) + 1]! += 1;
      }
      random.copyState(state);
    },

    placeRows(pairs, rows, positions) {
      let placed = 0;
      for (let row = 0; row < rows; row++) {
        if (singles[pairs / 4 + 2 * row + 1] !== 0) words[positions / 4 + placed++] = row;
      }
      return placed;
    },

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

    range(column, slots, missing, positions, start, end) {
      let lowest = 256;
      let highest = -1;
      let missingRows = 0;
      for (let i = start; i < end; i++) {
        const code = bytes[column + words[positions / 4 + i]! * slots]!;
        if (code === missing) {
          missingRows++;
          continue;
        }
        if (code < lowest) lowest = code;
        if (code > highest) highest = code;
      }
      words[RESULT_ADDRESS / 4 + 6] = lowest;
      words[RESULT_ADDRESS / 4 + 7] = highest;
      return missingRows;
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

    classesLeft(goesLeft, column, slots, classes, positions, start, end, weights) {
      let rows = 0;
      for (let i = start; i < end; i++) {
        const position = words[positions / 4 + i]!;
        if (bytes[goesLeft + bytes[column + position * slots]!] === 0) continue;
        const pair = classes / 4 + 2 * position;
        doubles[weights / 8 + words[pair]!]! += singles[pair + 1]!;
        rows++;
      }
      return rows;
    },

    divide(column, slots, codes, moments, positions, start, end, nodeSum, nodeWeight, leastRows, score) {
      const cells = new Float64Array(3 * codes);
      sumByCode(cells, column, slots, moments, positions, start, end);
      const mean = nodeSum / nodeWeight;
      beginDivisions(leastRows, end - start, nodeWeight, score);
      let sum = 0;
      let weight = 0;
      let rows = 0;
      let code = -1;
      for (let next = 0; next < codes; next++) {
        if (cells[3 * next + 2] === 0) continue;
        if (code >= 0) {
          const right = nodeWeight - weight;
          const difference = sum - mean * weight;
          consider((difference * difference) / (weight * right), weight, rows, code, next, weight > right);
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

    totalClasses(classes, positions, start, end, weights, classCount) {
      const only = words[classes / 4 + 2 * words[positions / 4 + start]!]!;
      let differs = false;
      for (let i = start; i < end; i++) differs ||= words[classes / 4 + 2 * words[positions / 4 + i]!] !== only;
      if (!differs) return only;
      doubles.fill(0, weights / 8, weights / 8 + classCount);
      let sum = 0;
      for (let i = start; i < end; i++) {
        const pair = classes / 4 + 2 * words[positions / 4 + i]!;
        doubles[weights / 8 + words[pair]!]! += singles[pair + 1]!;
        sum += singles[pair + 1]!;
      }
      let squares = 0;
      for (let c = 0; c < classCount; c++) squares += doubles[weights / 8 + c]! * doubles[weights / 8 + c]!;
      doubles[RESULT_ADDRESS / 8 + 1] = sum;
      doubles[RESULT_ADDRESS / 8 + 2] = squares;
      return -1;
    },

    countClasses(histogram, codeRows, classCount, column, slots, classes, positions, start, end) {
      for (let i = start; i < end; i++) {
        const position = words[positions / 4 + i]!;
        const code = bytes[column + position * slots]!;
        const pair = classes / 4 + 2 * position;
        doubles[histogram / 8 + code * classCount + words[pair]!]! += singles[pair + 1]!;
        words[codeRows / 4 + code]! += 1;
      }
    },

    divideClasses(
      column,
      slots,
      codes,
      classes,
      positions,
      start,
      end,
      scratch,
      classCount,
      _sortedRows,
      wholeSum,
      wholeWeight,
      leastRows,
      score,
    ) {
      const rowsOf = rowsByCode(column, slots, positions, start, end);
      const whole = doubles.subarray(scratch / 8, scratch / 8 + classCount);
      const sides = isForHistogram(end - start, codes, classCount)
        ? new SummedSides(whole)
        : new SortedSides(whole, wholeSum);
      beginDivisions(leastRows, end - start, wholeWeight, score);
      let rows = 0;
      let code = -1;
      for (const [next, nextRows] of rowsOf.entries()) {
        if (nextRows.length === 0) continue;
        if (code >= 0) {
          const value = sides.leftSum / sides.weight + sides.rightSum / (wholeWeight - sides.weight);
          consider(value, sides.weight, rows, code, next, 2 * rows > end - start);
        }
        sides.move(
          nextRows.map((position): ClassWeight => {
            const pair = classes / 4 + 2 * position;
            return [words[pair]!, singles[pair + 1]!];
          }),
        );
        rows += nextRows.length;
        code = next;
      }
      return rows > rowsOf[code]!.length ? 1 : 0;
    },

    sortClasses(column, slots, classes, positions, start, end, sorted) {
      let length = 0;
      let to = sorted / 4;
      for (const [code, rows] of rowsByCode(column, slots, positions, start, end).entries()) {
        if (rows.length === 0) continue;
        for (const position of rows) {
          words[to++] = words[classes / 4 + 2 * position]!;
          words[to++] = words[classes / 4 + 2 * position + 1]!;
        }
        words[LIST_ADDRESS / 4 + length] = (to - sorted / 4) / 2;
        words[PRESENT_ADDRESS / 4 + length++] = code;
      }
      return length;
    },
  };
}
