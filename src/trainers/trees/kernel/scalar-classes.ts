import type { ClassKernel } from './class-kernel.js';
import { classSumBytes } from './class-scratch.js';
import type { KernelViews } from './kernel-views.js';
import { LIST_ADDRESS, PRESENT_ADDRESS, RESULT_ADDRESS } from './memory-layout.js';
import { type ClassWeight, SortedSides, SummedSides } from './scalar-class-sides.js';
import { ScalarDivision } from './scalar-division.js';
import { isForHistogram } from './summing-order.js';

/** The part of the reference kernel for rows of three classes or more. */
export function scalarClasses(views: KernelViews): ClassKernel {
  const { bytes, words, singles, doubles } = views;
  const division = new ScalarDivision(views);

  function rowsByCode(column: number, slots: number, positions: number, start: number, end: number): number[][] {
    const rowsOf = Array.from({ length: 256 }, (): number[] => []);
    for (let i = start; i < end; i++) {
      const position = words[positions / 4 + i]!;
      rowsOf[bytes[column + position * slots]!]!.push(position);
    }
    return rowsOf;
  }

  return {
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
      const sides = isForHistogram(end - start, codes, classSumBytes(classCount) / 8)
        ? new SummedSides(whole)
        : new SortedSides(whole, wholeSum);
      division.begin(leastRows, end - start, wholeWeight, score);
      let rows = 0;
      let code = -1;
      for (const [next, nextRows] of rowsOf.entries()) {
        if (nextRows.length === 0) continue;
        if (code >= 0) {
          const value = sides.leftSum / sides.weight + sides.rightSum / (wholeWeight - sides.weight);
          division.consider(value, sides.weight, rows, code, next, 2 * rows > end - start);
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
