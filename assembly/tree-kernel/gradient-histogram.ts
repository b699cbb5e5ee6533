// Histograms of boosting: the sums of gradients and hessians and the rows of each code, a cell each.
import { CELL_BYTES } from '../../src/trainers/trees/kernel/memory-layout';
import { addToCell, cellAt, codeAt, pairAt, wordAt } from './memory';

/** Rows whose codes and derivatives stay in the first cache while all features are counted. */
const CHUNK_ROWS: i32 = 1024;

/** Gradient and hessian of a row. T: f32 where the hessian follows from the gradient, u64 for both as float32. */
function derivativesAt<T>(derivatives: usize, position: i32, constant: f64, curvature: f64): v128 {
  if (sizeof<T>() === 8) return f64x2.promote_low_f32x4(v128.load64_zero(pairAt(derivatives, position)));
  const gradient = <f64>load<f32>(wordAt(derivatives, position));
  const size = abs(gradient);
  const hessian = <f32>(constant + curvature * (size * (1 - size)));
  return f64x2.replace_lane(f64x2.splat(gradient), 1, <f64>hessian);
}

function countRows<T>(
  histogram: usize,
  offsets: usize,
  slots: i32,
  codes: usize,
  derivatives: usize,
  positions: usize,
  start: i32,
  end: i32,
  constant: f64,
  curvature: f64,
): void {
  for (let from = start; from < end; from += CHUNK_ROWS) {
    const first = wordAt(positions, from);
    const last = wordAt(positions, min(end, from + CHUNK_ROWS));
    let slot = 0;
    for (; slot + 4 <= slots; slot += 4) {
      const offset = wordAt(offsets, slot);
      const cells0 = histogram + load<u32>(offset);
      const cells1 = histogram + load<u32>(offset, 4);
      const cells2 = histogram + load<u32>(offset, 8);
      const cells3 = histogram + load<u32>(offset, 12);
      const column = codes + slot;
      for (let at = first; at < last; at += 4) {
        const position = load<i32>(at);
        const value = derivativesAt<T>(derivatives, position, constant, curvature);
        const word = load<u32>(column + position * slots);
        addToCell(cellAt(cells0, word & 255), value);
        addToCell(cellAt(cells1, (word >> 8) & 255), value);
        addToCell(cellAt(cells2, (word >> 16) & 255), value);
        addToCell(cellAt(cells3, word >> 24), value);
      }
    }
    for (; slot < slots; slot++) {
      const cells = histogram + load<u32>(wordAt(offsets, slot));
      const column = codes + slot;
      for (let at = first; at < last; at += 4) {
        const position = load<i32>(at);
        const value = derivativesAt<T>(derivatives, position, constant, curvature);
        addToCell(cellAt(cells, codeAt(column, slots, position)), value);
      }
    }
  }
}

/** Adds rows to a histogram: the cells of slot s start `offsets[s]` bytes into it. */
export function count(
  histogram: usize,
  offsets: usize,
  slots: i32,
  codes: usize,
  derivatives: usize,
  positions: usize,
  start: i32,
  end: i32,
): void {
  countRows<u64>(histogram, offsets, slots, codes, derivatives, positions, start, end, 0, 0);
}

/** The same of gradients g alone: hessians are constant + curvature |g| (1 - |g|), as float32. */
export function countGradients(
  histogram: usize,
  offsets: usize,
  slots: i32,
  codes: usize,
  gradients: usize,
  positions: usize,
  start: i32,
  end: i32,
  constant: f64,
  curvature: f64,
): void {
  countRows<f32>(histogram, offsets, slots, codes, gradients, positions, start, end, constant, curvature);
}

/** parent -= child. */
export function subtract(parent: usize, child: usize, cells: i32): void {
  const end = cellAt(parent, cells);
  for (; parent < end; parent += CELL_BYTES, child += CELL_BYTES) {
    v128.store(parent, f64x2.sub(v128.load(parent), v128.load(child)));
    store<i32>(parent, load<i32>(parent, 16) - load<i32>(child, 16), 16);
  }
}
