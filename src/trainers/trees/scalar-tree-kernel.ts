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
  return {
    buffer,
    ...scalarHistograms({ bytes, words, singles, doubles }),

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

    divide(column, slots, missing, moments, positions, start, end, nodeSum, nodeWeight, leastRows, score) {
      const cells = new Float64Array(3 * 256);
      for (let i = start; i < end; i++) {
        const position = words[positions / 4 + i]!;
        const pair = moments / 4 + 2 * position;
        const cell = 3 * bytes[column + position * slots]!;
        cells[cell]! += singles[pair]! * singles[pair + 1]!;
        cells[cell + 1]! += singles[pair + 1]!;
        cells[cell + 2]! += 1;
      }
      let length = 0;
      for (let code = 0; code < 256; code++) {
        if (cells[3 * code + 2] === 0) continue;
        const entry = LIST_ADDRESS / 8 + length * CELL_DOUBLES;
        doubles[entry] = cells[3 * code]!;
        doubles[entry + 1] = cells[3 * code + 1]!;
        words[2 * entry + ROWS_WORD] = cells[3 * code + 2]!;
        words[PRESENT_ADDRESS / 4 + length++] = code;
      }
      doubles[RESULT_ADDRESS / 8] = score;
      if (length < 2 || words[PRESENT_ADDRESS / 4 + length - 1] === missing || score === Infinity) return length;
      const mean = nodeSum / nodeWeight;
      let sum = 0;
      let weight = 0;
      let rows = 0;
      for (let place = 0; place < length - 1; place++) {
        const entry = LIST_ADDRESS / 8 + place * CELL_DOUBLES;
        sum += doubles[entry]!;
        weight += doubles[entry + 1]!;
        rows += words[2 * entry + ROWS_WORD]!;
        const right = nodeWeight - weight;
        const difference = sum - mean * weight;
        const value = (difference * difference) / (weight * right);
        if (!(value > doubles[RESULT_ADDRESS / 8]!) || rows < leastRows || end - start - rows < leastRows) continue;
        if (!(right > 1e-12 * nodeWeight)) continue;
        doubles[RESULT_ADDRESS / 8] = value;
        words[RESULT_ADDRESS / 4 + 6] = place;
        words[RESULT_ADDRESS / 4 + 7] = weight > right ? 1 : 0;
      }
      return length;
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
      missing,
      classes,
      positions,
      start,
      end,
      whole,
      classCount,
      wholeSum,
      wholeWeight,
      leastRows,
      score,
    ) {
      const rowsOf = Array.from({ length: 256 }, (): number[] => []);
      for (let i = start; i < end; i++) {
        const position = words[positions / 4 + i]!;
        rowsOf[bytes[column + position * slots]!]!.push(position);
      }
      let length = 0;
      const first = whole / 4 + 4 * classCount;
      let sorted = first;
      for (const [code, rows] of rowsOf.entries()) {
        if (rows.length === 0) continue;
        for (const position of rows) {
          words[sorted++] = words[classes / 4 + 2 * position]!;
          words[sorted++] = words[classes / 4 + 2 * position + 1]!;
        }
        words[LIST_ADDRESS / 4 + length] = (sorted - first) / 2;
        words[PRESENT_ADDRESS / 4 + length++] = code;
      }
      doubles[RESULT_ADDRESS / 8] = score;
      if (length < 2 || words[PRESENT_ADDRESS / 4 + length - 1] === missing || score === Infinity) return length;
      const left = new Float64Array(classCount);
      let leftWeight = 0;
      let leftSum = 0;
      let rightSum = wholeSum;
      let count = 0;
      for (let place = 0; place < length - 1; place++) {
        for (const position of rowsOf[words[PRESENT_ADDRESS / 4 + place]!]!) {
          const pair = classes / 4 + 2 * position;
          const classIndex = words[pair]!;
          const weight = singles[pair + 1]!;
          const before = left[classIndex]!;
          const right = doubles[whole / 8 + classIndex]! - before;
          left[classIndex] = before + weight;
          leftWeight += weight;
          leftSum += weight * (2 * before + weight);
          rightSum -= weight * (2 * right - weight);
          count++;
        }
        const rightWeight = wholeWeight - leftWeight;
        const value = leftSum / leftWeight + rightSum / rightWeight;
        if (!(value > doubles[RESULT_ADDRESS / 8]!) || count < leastRows || end - start - count < leastRows) continue;
        if (!(rightWeight > 1e-12 * wholeWeight) || !(leftWeight > 0)) continue;
        doubles[RESULT_ADDRESS / 8] = value;
        words[RESULT_ADDRESS / 4 + 6] = place;
        words[RESULT_ADDRESS / 4 + 7] = 2 * count > end - start ? 1 : 0;
      }
      return length;
    },
  };
}
