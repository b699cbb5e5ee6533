import { Random } from '../../../random.js';
import { viewsOf } from './kernel-views.js';
import { RESULT_ADDRESS } from './memory-layout.js';
import { scalarClasses } from './scalar-classes.js';
import { scalarHistograms } from './scalar-histograms.js';
import { scalarMoments } from './scalar-moments.js';
import type { TreeKernel } from './tree-kernel.js';

/**
 * The reference of the WebAssembly module, and what runs where there is none.
 * @param byteLength of its memory, which is zero; rounded up to whole doubles.
 */
export function createScalarTreeKernel(byteLength: number): TreeKernel {
  const buffer = new ArrayBuffer(Math.ceil(byteLength / 8) * 8);
  const views = viewsOf(buffer);
  const { bytes, words, singles } = views;

  return {
    buffer,
    ...scalarHistograms(views),
    ...scalarMoments(views),
    ...scalarClasses(views),

    partition(goesLeft, column, slots, positions, spare, start, end) {
      let left = positions / 4 + start;
      let right = spare / 4;
      for (let i = start; i < end; i++) {
        const position = words[positions / 4 + i]!;
        const code = bytes[column + position * slots]!;
        if (bytes[goesLeft + code] === 1) words[left++] = position;
        else words[right++] = position;
      }
      words.copyWithin(left, spare / 4, right);
      return left - positions / 4;
    },

    partitionBack(goesLeft, column, slots, positions, spare, start, end, leftRows) {
      let left = spare / 4 + leftRows;
      let right = positions / 4 + end;
      for (let i = end - 1; i >= start; i--) {
        const position = words[positions / 4 + i]!;
        const code = bytes[column + position * slots]!;
        if (bytes[goesLeft + code] === 1) words[--left] = position;
        else words[--right] = position;
      }
      words.copyWithin(positions / 4 + start, spare / 4, spare / 4 + leftRows);
    },

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
  };
}
