import type { HistogramKernel } from './histogram-kernel.js';
import type { KernelViews } from './kernel-views.js';
import { CELL_BYTES } from './memory-layout.js';

const CELL_DOUBLES = CELL_BYTES / 8;
const CELL_WORDS = CELL_BYTES / 4;
/** Place of the rows within a cell, in words. */
const ROWS_WORD = 4;

/** The part of the reference kernel that boosted trees use. */
export function scalarHistograms({ bytes, words, singles, doubles }: KernelViews): HistogramKernel {
  function addRow(
    histogram: number,
    offsets: number,
    slots: number,
    codes: number,
    gradient: number,
    hessian: number,
  ): void {
    for (let slot = 0; slot < slots; slot++) {
      const cell = histogram + words[offsets / 4 + slot]! + bytes[codes + slot]! * CELL_BYTES;
      doubles[cell / 8]! += gradient;
      doubles[cell / 8 + 1]! += hessian;
      words[cell / 4 + ROWS_WORD]! += 1;
    }
  }

  return {
    count(histogram, offsets, slots, codes, derivatives, positions, start, end) {
      for (let i = start; i < end; i++) {
        const position = words[positions / 4 + i]!;
        const pair = derivatives / 4 + 2 * position;
        addRow(histogram, offsets, slots, codes + position * slots, singles[pair]!, singles[pair + 1]!);
      }
    },

    countGradients(histogram, offsets, slots, codes, gradients, positions, start, end, constant, curvature) {
      for (let i = start; i < end; i++) {
        const position = words[positions / 4 + i]!;
        const gradient = singles[gradients / 4 + position]!;
        const size = Math.abs(gradient);
        const hessian = Math.fround(constant + curvature * (size * (1 - size)));
        addRow(histogram, offsets, slots, codes + position * slots, gradient, hessian);
      }
    },

    subtract(parent, child, cells) {
      for (let cell = 0; cell < cells; cell++) {
        const double = cell * CELL_DOUBLES;
        doubles[parent / 8 + double]! -= doubles[child / 8 + double]!;
        doubles[parent / 8 + double + 1]! -= doubles[child / 8 + double + 1]!;
        const word = cell * CELL_WORDS + ROWS_WORD;
        words[parent / 4 + word]! -= words[child / 4 + word]!;
      }
    },

    scan(first, bins, missing, nodeGradient, nodeHessian, nodeRows, leastRows, leastHessian, l2, result) {
      let gradient = missing === 0 ? 0 : doubles[missing / 8]!;
      let hessian = missing === 0 ? 0 : doubles[missing / 8 + 1]!;
      let rows = missing === 0 ? 0 : words[missing / 4 + ROWS_WORD]!;
      let best = -1;
      for (let bin = 0; bin < bins; bin++) {
        gradient += doubles[first / 8 + bin * CELL_DOUBLES]!;
        hessian += doubles[first / 8 + bin * CELL_DOUBLES + 1]!;
        rows += words[first / 4 + bin * CELL_WORDS + ROWS_WORD]!;
        if (rows < leastRows) continue;
        if (nodeRows - rows < leastRows) break;
        if (hessian < leastHessian || nodeHessian - hessian < leastHessian) continue;
        const rightGradient = nodeGradient - gradient;
        const left = hessian + l2;
        const right = nodeHessian - hessian + l2;
        const score = (gradient * gradient * right + rightGradient * rightGradient * left) / (left * right);
        if (!(score > doubles[result / 8]!)) continue;
        best = bin;
        doubles[result / 8] = score;
        doubles[result / 8 + 1] = gradient;
        doubles[result / 8 + 2] = hessian;
        words[result / 4 + 6] = rows;
      }
      return best;
    },
  };
}
