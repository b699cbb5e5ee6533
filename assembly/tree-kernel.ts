// AssemblyScript. What trees spend their time on, in the order and precision of the scalar kernel
// (src/trainers/trees/kernel/scalar-tree-kernel.ts), its reference: the two agree to the bit. Built by assembly/build.js.
// A cell of a histogram is 32 bytes: sum of gradients, sum of hessians (f64), rows (i32), nothing.

/** Rows whose codes and derivatives stay in the first cache while all features are counted. */
const CHUNK_ROWS: i32 = 1024;

function add(cell: usize, derivatives: v128): void {
  v128.store(cell, f64x2.add(v128.load(cell), derivatives));
  store<i32>(cell, load<i32>(cell, 16) + 1, 16);
}

/** Gradient and hessian of a row. T: f32 where the hessian follows from the gradient, u64 for both as float32. */
function derivativesAt<T>(derivatives: usize, position: i32, constant: f64, curvature: f64): v128 {
  if (sizeof<T>() === 8) {
    return f64x2.promote_low_f32x4(v128.load64_zero(derivatives + ((<usize>position) << 3)));
  }
  const gradient = <f64>load<f32>(derivatives + ((<usize>position) << 2));
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
    const first = positions + ((<usize>from) << 2);
    const last = positions + ((<usize>min(end, from + CHUNK_ROWS)) << 2);
    let slot = 0;
    for (; slot + 4 <= slots; slot += 4) {
      const offset = offsets + ((<usize>slot) << 2);
      const cells0 = histogram + load<u32>(offset);
      const cells1 = histogram + load<u32>(offset, 4);
      const cells2 = histogram + load<u32>(offset, 8);
      const cells3 = histogram + load<u32>(offset, 12);
      const column = codes + slot;
      for (let at = first; at < last; at += 4) {
        const position = load<i32>(at);
        const value = derivativesAt<T>(derivatives, position, constant, curvature);
        const word = load<u32>(column + position * slots);
        add(cells0 + ((word & 255) << 5), value);
        add(cells1 + (((word >> 8) & 255) << 5), value);
        add(cells2 + (((word >> 16) & 255) << 5), value);
        add(cells3 + ((word >> 24) << 5), value);
      }
    }
    for (; slot < slots; slot++) {
      const cells = histogram + load<u32>(offsets + ((<usize>slot) << 2));
      const column = codes + slot;
      for (let at = first; at < last; at += 4) {
        const position = load<i32>(at);
        const value = derivativesAt<T>(derivatives, position, constant, curvature);
        add(cells + ((<usize>load<u8>(column + position * slots)) << 5), value);
      }
    }
  }
}

/** Adds rows to a histogram: codes are row-major; the cells of slot s start `offsets[s]` bytes into it. */
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
  const end = parent + ((<usize>cells) << 5);
  for (; parent < end; parent += 32, child += 32) {
    v128.store(parent, f64x2.sub(v128.load(parent), v128.load(child)));
    store<i32>(parent, load<i32>(parent, 16) - load<i32>(child, 16), 16);
  }
}

/** Best score so far and the left side that gave it: written where `scan` is told to. */
let bestScore: f64 = 0;
let bestGradient: f64 = 0;
let bestHessian: f64 = 0;
let bestRows: i32 = 0;

function improves(score: f64, hessian: f64, nodeHessian: f64, leastHessian: f64): bool {
  return score > bestScore && hessian >= leastHessian && nodeHessian - hessian >= leastHessian;
}

/**
 * Tries the division after every bin, two at a time.
 * @param result score to beat, then gradient, hessian (f64) and rows (i32) of the left side; left alone where none does.
 * @param missing cell of rows that go left in any case, or 0. @returns the last bin that goes left, or -1.
 */
export function scan(
  first: usize,
  bins: i32,
  missing: usize,
  nodeGradient: f64,
  nodeHessian: f64,
  nodeRows: i32,
  leastRows: i32,
  leastHessian: f64,
  l2: f64,
  result: usize,
): i32 {
  let sums = f64x2.splat(0);
  let rows = 0;
  if (missing !== 0) {
    sums = v128.load(missing);
    rows = load<i32>(missing, 16);
  }
  const mostRows = nodeRows - leastRows;
  const end = first + ((<usize>bins) << 5);
  bestScore = load<f64>(result);
  let bestCell: usize = 0;
  let cell = first;
  // Bins before the left side has its rows: no score is needed.
  for (; cell < end; cell += 32) {
    const more = rows + load<i32>(cell, 16);
    if (more >= leastRows) break;
    rows = more;
    sums = f64x2.add(sums, v128.load(cell));
  }
  const allGradient = f64x2.splat(nodeGradient);
  const allHessian = f64x2.splat(nodeHessian);
  const penalty = f64x2.splat(l2);
  while (cell < end) {
    const sums0 = f64x2.add(sums, v128.load(cell));
    const rows0 = rows + load<i32>(cell, 16);
    if (rows0 > mostRows) break;
    // Beyond the last bin the second division repeats the first, and is not better.
    const pair = cell + 32 < end;
    const sums1 = pair ? f64x2.add(sums0, v128.load(cell, 32)) : sums0;
    const rows1 = pair ? rows0 + load<i32>(cell, 48) : rows0;
    const gradient = v128.shuffle<f64>(sums0, sums1, 0, 2);
    const hessian = v128.shuffle<f64>(sums0, sums1, 1, 3);
    const rightGradient = f64x2.sub(allGradient, gradient);
    const left = f64x2.add(hessian, penalty);
    const right = f64x2.add(f64x2.sub(allHessian, hessian), penalty);
    const score = f64x2.div(
      f64x2.add(
        f64x2.mul(f64x2.mul(gradient, gradient), right),
        f64x2.mul(f64x2.mul(rightGradient, rightGradient), left),
      ),
      f64x2.mul(left, right),
    );
    if (v128.any_true(f64x2.gt(score, f64x2.splat(bestScore)))) {
      const score0 = f64x2.extract_lane(score, 0);
      const hessian0 = f64x2.extract_lane(hessian, 0);
      if (improves(score0, hessian0, nodeHessian, leastHessian)) {
        bestScore = score0;
        bestCell = cell;
        bestGradient = f64x2.extract_lane(gradient, 0);
        bestHessian = hessian0;
        bestRows = rows0;
      }
      const score1 = f64x2.extract_lane(score, 1);
      const hessian1 = f64x2.extract_lane(hessian, 1);
      if (rows1 <= mostRows && improves(score1, hessian1, nodeHessian, leastHessian)) {
        bestScore = score1;
        bestCell = cell + 32;
        bestGradient = f64x2.extract_lane(gradient, 1);
        bestHessian = hessian1;
        bestRows = rows1;
      }
    }
    sums = sums1;
    rows = rows1;
    cell += 64;
  }
  if (bestCell === 0) return -1;
  store<f64>(result, bestScore);
  store<f64>(result, bestGradient, 8);
  store<f64>(result, bestHessian, 16);
  store<i32>(result, bestRows, 24);
  return <i32>((bestCell - first) >> 5);
}

/**
 * Moves positions that go left before those that go right, both in order, by way of a spare place for those that go
 * right. @returns place of the first that goes right.
 */
export function partition(
  goesLeft: usize,
  column: usize,
  slots: i32,
  positions: usize,
  spare: usize,
  start: i32,
  end: i32,
): i32 {
  let left = positions + ((<usize>start) << 2);
  let right = spare;
  const last = positions + ((<usize>end) << 2);
  for (let at = left; at < last; at += 4) {
    const position = load<i32>(at);
    const isLeft = (<usize>load<u8>(goesLeft + load<u8>(column + position * slots))) << 2;
    store<i32>(left, position);
    store<i32>(right, position);
    left += isLeft;
    right += 4 - isLeft;
  }
  memory.copy(left, spare, right - spare);
  return <i32>((left - positions) >> 2);
}

/** The same from the end, by way of a spare place for those that go left. */
export function partitionBack(
  goesLeft: usize,
  column: usize,
  slots: i32,
  positions: usize,
  spare: usize,
  start: i32,
  end: i32,
  leftRows: i32,
): void {
  const first = positions + ((<usize>start) << 2);
  let left = spare + ((<usize>leftRows) << 2);
  let right = positions + ((<usize>end) << 2) - 4;
  for (let at = right; at >= first; at -= 4) {
    const position = load<i32>(at);
    const isLeft = (<usize>load<u8>(goesLeft + load<u8>(column + position * slots))) << 2;
    store<i32>(left, position);
    store<i32>(right, position);
    left -= isLeft;
    right -= 4 - isLeft;
  }
  memory.copy(first, spare + 4, (<usize>leftRows) << 2);
}

// Where the divisions of a node keep what they need, from the start of the memory: the result; a flag for each code and
// sums by code (both zero between calls); the list of codes that occur.
const RESULT: usize = 64;
const FLAGS: usize = 128;
const CELLS: usize = 384;
const LIST: usize = CELLS + 256 * 32;
const PRESENT: usize = LIST + 256 * 32;
/** Rows by code, after the sums by code of 16 bytes each. */
const CODE_ROWS: usize = CELLS + 256 * 16;

/** As many rows as a vector has bytes: their codes are sorted by comparing each with all. */
const FEW_ROWS: i32 = 16;
/** A histogram pays where it has fewer cells than this times the rows. */
const HISTOGRAM_SHARE: i32 = 8;
// Of few rows, in the place of the list: codes; codes in order; pairs in order; and of the node, whatever feature is
// looked at, where the codes of each row start, and its pair.
const FEW_CODES: usize = LIST;
const SORTED_CODES: usize = LIST + 16;
const SORTED: usize = LIST + 64;
const ROW_CODES: usize = SORTED + 16 * 16;
const ROW_PAIRS: usize = ROW_CODES + 16 * 4;

/** Target x weight and weight of a row. */
function momentsAt(moments: usize, position: i32): v128 {
  const pair = f64x2.promote_low_f32x4(v128.load64_zero(moments + ((<usize>position) << 3)));
  return f64x2.mul(pair, v128.shuffle<f64>(pair, f64x2.splat(1), 1, 2));
}

/** Moments of a node, to the result. @returns whether its targets differ. */
export function total(moments: usize, positions: usize, start: i32, end: i32): bool {
  let at = positions + ((<usize>start) << 2);
  const last = positions + ((<usize>end) << 2);
  const first = load<f32>(moments + ((<usize>load<i32>(at)) << 3));
  let sums = f64x2.splat(0);
  let differs = 0;
  for (; at < last; at += 4) {
    const position = load<i32>(at);
    sums = f64x2.add(sums, momentsAt(moments, position));
    differs |= <i32>(load<f32>(moments + ((<usize>position) << 3)) !== first);
  }
  v128.store(RESULT, sums, 8);
  return differs !== 0;
}

/** Least and greatest code of a node but for `missing`, to the result. @returns how many rows have that. */
export function range(column: usize, slots: i32, missing: i32, positions: usize, start: i32, end: i32): i32 {
  let at = positions + ((<usize>start) << 2);
  const last = positions + ((<usize>end) << 2);
  let lowest = 256;
  let highest = -1;
  let missingRows = 0;
  for (; at < last; at += 4) {
    const code = <i32>load<u8>(column + load<i32>(at) * slots);
    if (code === missing) {
      missingRows++;
      continue;
    }
    lowest = min(lowest, code);
    highest = max(highest, code);
  }
  store<i32>(RESULT, lowest, 24);
  store<i32>(RESULT, highest, 28);
  return missingRows;
}

/** Moments of the rows of a node that go left, to the result. @returns how many those are. */
export function totalLeft(
  goesLeft: usize,
  column: usize,
  slots: i32,
  moments: usize,
  positions: usize,
  start: i32,
  end: i32,
): i32 {
  const last = positions + ((<usize>end) << 2);
  let sums = f64x2.splat(0);
  let rows = 0;
  for (let at = positions + ((<usize>start) << 2); at < last; at += 4) {
    const position = load<i32>(at);
    const isLeft = <i32>load<u8>(goesLeft + load<u8>(column + position * slots));
    rows += isLeft;
    sums = f64x2.add(sums, f64x2.mul(momentsAt(moments, position), f64x2.splat(<f64>isLeft)));
  }
  v128.store(RESULT, sums, 8);
  return rows;
}

/** Adds the weights of the rows of a node that go left by class. @returns how many those are. */
export function classesLeft(
  goesLeft: usize,
  column: usize,
  slots: i32,
  classes: usize,
  positions: usize,
  start: i32,
  end: i32,
  weights: usize,
): i32 {
  const last = positions + ((<usize>end) << 2);
  let rows = 0;
  for (let at = positions + ((<usize>start) << 2); at < last; at += 4) {
    const position = load<i32>(at);
    if (load<u8>(goesLeft + load<u8>(column + position * slots)) === 0) continue;
    const row = classes + ((<usize>position) << 3);
    const weight = weights + ((<usize>load<i32>(row)) << 3);
    store<f64>(weight, load<f64>(weight) + <f64>load<f32>(row, 4));
    rows++;
  }
  return rows;
}

// The divisions of a node. What they need to know of it, whatever feature is looked at:
let slots: i32 = 0;
/** Pairs by row: target and weight (f32), or class (i32) and weight (f32). */
let pairs: usize = 0;
/** Addresses of the row numbers of the node. */
let firstRow: usize = 0;
let lastRow: usize = 0;
let nodeRows: i32 = 0;
let nodeWeight: f64 = 0;
/** Fewest rows of a side. */
let leastRows: i32 = 0;
/** Mean target. */
let mean: f64 = 0;
/** Addresses of the weight of each class in the node and on the left, in pairs of f64: there may be one class too many. */
let whole: usize = 0;
let left: usize = 0;
let classBytes: usize = 0;
/** Sum of the squares of `whole`. */
let wholeSum: f64 = 0;
/** Where pairs are sorted, and where weights are summed up by code and class, and rows by code. */
let sorted: usize = 0;
let histogram: usize = 0;
let histogramRows: usize = 0;

function setNode(
  rowSlots: i32,
  rowPairs: usize,
  positions: usize,
  start: i32,
  end: i32,
  weight: f64,
  least: i32,
  score: f64,
): void {
  slots = rowSlots;
  pairs = rowPairs;
  firstRow = positions + ((<usize>start) << 2);
  lastRow = positions + ((<usize>end) << 2);
  nodeRows = end - start;
  nodeWeight = weight;
  leastRows = least;
  store<f64>(RESULT, score);
}

/** @param scratch as `divideClasses` describes it. */
function setClasses(scratch: usize, classCount: i32, capacity: i32, sum: f64): void {
  classBytes = (<usize>((classCount + 1) >> 1)) << 4;
  whole = scratch;
  left = whole + classBytes;
  sorted = left + classBytes;
  histogram = sorted + ((<usize>((capacity + 1) >> 1)) << 4);
  histogramRows = histogram + (classBytes << 8);
  wholeSum = sum;
}

/** The division between two codes is the best so far. */
function keep(score: f64, code: i32, next: i32, largerLeft: bool): void {
  store<f64>(RESULT, score);
  store<i32>(RESULT, code, 24);
  store<i32>(RESULT, next, 28);
  store<i32>(RESULT, <i32>largerLeft, 32);
}

/** Which of 64 codes were flagged, a bit each; their flags are cleared. */
function takeFlags(base: i32): u64 {
  const at = FLAGS + <usize>base;
  const flags =
    <u64>(<u32>i8x16.bitmask(v128.load(at))) |
    ((<u64>(<u32>i8x16.bitmask(v128.load(at, 16)))) << 16) |
    ((<u64>(<u32>i8x16.bitmask(v128.load(at, 32)))) << 32) |
    ((<u64>(<u32>i8x16.bitmask(v128.load(at, 48)))) << 48);
  v128.store(at, i64x2.splat(0));
  v128.store(at, i64x2.splat(0), 16);
  v128.store(at, i64x2.splat(0), 32);
  v128.store(at, i64x2.splat(0), 48);
  return flags;
}

/** Notes what the divisions of few rows by any feature need. P: v128 for moments, u64 for classes. */
function gatherFew<P>(): void {
  for (let row = 0; row < nodeRows; row++) {
    const position = load<i32>(firstRow + ((<usize>row) << 2));
    store<i32>(ROW_CODES + ((<usize>row) << 2), position * slots);
    if (sizeof<P>() === 16) v128.store(ROW_PAIRS + ((<usize>row) << 4), momentsAt(pairs, position));
    else store<u64>(ROW_PAIRS + ((<usize>row) << 3), load<u64>(pairs + ((<usize>position) << 3)));
  }
}

/** Puts the codes and pairs of few rows in order; rows of one code stay in theirs. @returns whether the codes differ. */
function sortFew<P>(column: usize, rows: i32): bool {
  for (let row = 0; row < rows; row++) {
    store<u8>(FEW_CODES + row, load<u8>(column + load<i32>(ROW_CODES + ((<usize>row) << 2))));
  }
  const codes = v128.load(FEW_CODES);
  const all = (1 << rows) - 1;
  if ((i8x16.bitmask(i8x16.eq(codes, i8x16.splat(load<i8>(FEW_CODES)))) & all) === all) return false;
  let before = 0;
  for (let row = 0; row < rows; row++) {
    const code = load<i8>(FEW_CODES + row);
    const same = i8x16.splat(code);
    const smaller = i8x16.bitmask(i8x16.lt_u(codes, same)) & all;
    const place = <usize>popcnt(smaller | (i8x16.bitmask(i8x16.eq(codes, same)) & before));
    before = (before << 1) | 1;
    store<i8>(SORTED_CODES + place, code);
    if (sizeof<P>() === 16) v128.store(SORTED + (place << 4), v128.load(ROW_PAIRS + ((<usize>row) << 4)));
    else store<u64>(SORTED + (place << 3), load<u64>(ROW_PAIRS + ((<usize>row) << 3)));
  }
  return true;
}

/** Tries a division by its left side: `sums` has weighted target and weight. */
function tryMoments(sums: v128, rows: i32, code: i32, next: i32): void {
  const weight = f64x2.extract_lane(sums, 1);
  const right = nodeWeight - weight;
  const difference = f64x2.extract_lane(sums, 0) - mean * weight;
  const score = (difference * difference) / (weight * right);
  if (score > load<f64>(RESULT) && rows >= leastRows && nodeRows - rows >= leastRows && right > 1e-12 * nodeWeight) {
    keep(score, code, next, weight > right);
  }
}

function divideFew(column: usize): bool {
  const rows = nodeRows;
  if (!sortFew<v128>(column, rows)) return false;
  let sums = f64x2.splat(0);
  let cell = v128.load(SORTED);
  let code = <i32>load<u8>(SORTED_CODES);
  for (let row = 1; row < rows; row++) {
    const next = <i32>load<u8>(SORTED_CODES + row);
    const pair = v128.load(SORTED + ((<usize>row) << 4));
    if (code === next) {
      cell = f64x2.add(cell, pair);
      continue;
    }
    sums = f64x2.add(sums, cell);
    tryMoments(sums, row, code, next);
    cell = pair;
    code = next;
  }
  return true;
}

function divideMany(column: usize, codes: i32): bool {
  if (codes === 2) return divideTwo(column);
  const last = lastRow;
  const rowSlots = slots;
  const moments = pairs;
  for (let at = firstRow; at < last; at += 4) {
    const position = load<i32>(at);
    const code = <usize>load<u8>(column + position * rowSlots);
    store<u8>(FLAGS + code, 255);
    const cell = CELLS + (code << 4);
    v128.store(cell, f64x2.add(v128.load(cell), momentsAt(moments, position)));
  }
  // A side that has a code has a row.
  const counts = leastRows > 1;
  if (counts) countCodes(column, CODE_ROWS);
  let rows = counts ? 0 : 1;
  let sums = f64x2.splat(0);
  let code = -1;
  let differs = false;
  for (let base = 0; base < codes; base += 64) {
    for (let flags = takeFlags(base); flags !== 0; flags &= flags - 1) {
      const next = base + <i32>ctz(flags);
      if (code >= 0) {
        differs = true;
        tryMoments(sums, rows, code, next);
      }
      code = next;
      const cell = CELLS + ((<usize>code) << 4);
      sums = f64x2.add(sums, v128.load(cell));
      v128.store(cell, i64x2.splat(0));
      if (counts) {
        rows += load<i32>(CODE_ROWS + ((<usize>code) << 2));
        store<i32>(CODE_ROWS + ((<usize>code) << 2), 0);
      }
    }
  }
  return differs;
}

/** Of a feature with two codes, whose sums are never far from the adder: 1-hot columns are many. */
function divideTwo(column: usize): bool {
  const last = lastRow;
  const rowSlots = slots;
  const moments = pairs;
  let rows = 0;
  let sums0 = f64x2.splat(0);
  let sums1 = f64x2.splat(0);
  for (let at = firstRow; at < last; at += 4) {
    const position = load<i32>(at);
    const code = <i32>load<u8>(column + position * rowSlots);
    const pair = momentsAt(moments, position);
    const isSecond = i64x2.splat(-(<i64>code));
    sums0 = f64x2.add(sums0, v128.andnot(pair, isSecond));
    sums1 = f64x2.add(sums1, v128.and(pair, isSecond));
    rows += code;
  }
  if (rows === 0 || rows === nodeRows) return false;
  tryMoments(sums0, nodeRows - rows, 0, 1);
  return true;
}

function countCodes(column: usize, rowsOfCodes: usize): void {
  for (let at = firstRow; at < lastRow; at += 4) {
    const rows = rowsOfCodes + ((<usize>load<u8>(column + load<i32>(at) * slots)) << 2);
    store<i32>(rows, load<i32>(rows) + 1);
  }
}

/** Tries the division of a node after every code that occurs. @returns whether the codes differ. */
export function divide(
  column: usize,
  rowSlots: i32,
  codes: i32,
  moments: usize,
  positions: usize,
  start: i32,
  end: i32,
  sum: f64,
  weight: f64,
  least: i32,
  score: f64,
): bool {
  setNode(rowSlots, moments, positions, start, end, weight, least, score);
  mean = sum / weight;
  if (nodeRows > FEW_ROWS) return divideMany(column, codes);
  gatherFew<v128>();
  return divideFew(column);
}

/** Sums up and lists the codes of a node. @returns how many occur. */
export function list(column: usize, rowSlots: i32, moments: usize, positions: usize, start: i32, end: i32): i32 {
  const last = positions + ((<usize>end) << 2);
  for (let at = positions + ((<usize>start) << 2); at < last; at += 4) {
    const position = load<i32>(at);
    const code = <usize>load<u8>(column + position * rowSlots);
    store<u8>(FLAGS + code, 255);
    add(CELLS + (code << 5), momentsAt(moments, position));
  }
  let entry = LIST;
  let present = PRESENT;
  for (let base = 0; base < 256; base += 64) {
    for (let flags = takeFlags(base); flags !== 0; flags &= flags - 1) {
      const code = base + <i32>ctz(flags);
      const cell = CELLS + ((<usize>code) << 5);
      v128.store(entry, v128.load(cell));
      v128.store(entry, v128.load(cell, 16), 16);
      v128.store(cell, i64x2.splat(0));
      v128.store(cell, i64x2.splat(0), 16);
      entry += 32;
      store<i32>(present, code);
      present += 4;
    }
  }
  return <i32>((present - PRESENT) >> 2);
}

/**
 * Weights of the classes of a node, and to the result their sum and the sum of their squares.
 * @returns the only class, of which nothing is summed up, or -1.
 */
export function totalClasses(
  classes: usize,
  positions: usize,
  start: i32,
  end: i32,
  weights: usize,
  classCount: i32,
): i32 {
  const last = positions + ((<usize>end) << 2);
  let at = positions + ((<usize>start) << 2);
  const only = load<i32>(classes + ((<usize>load<i32>(at)) << 3));
  do {
    at += 4;
    if (at === last) return only;
  } while (load<i32>(classes + ((<usize>load<i32>(at)) << 3)) === only);
  const end_ = weights + ((<usize>classCount) << 3);
  for (let cell = weights; cell < end_; cell += 8) store<f64>(cell, 0);
  let sum: f64 = 0;
  for (at = positions + ((<usize>start) << 2); at < last; at += 4) {
    const row = classes + ((<usize>load<i32>(at)) << 3);
    const weight = <f64>load<f32>(row, 4);
    const cell = weights + ((<usize>load<i32>(row)) << 3);
    store<f64>(cell, load<f64>(cell) + weight);
    sum += weight;
  }
  let squares: f64 = 0;
  for (let cell = weights; cell < end_; cell += 8) squares += load<f64>(cell) * load<f64>(cell);
  store<f64>(RESULT, sum, 8);
  store<f64>(RESULT, squares, 16);
  return -1;
}

/** Adds rows to sums of weights by code and class, and to the rows of each code. */
export function countClasses(
  sums: usize,
  codeRows: usize,
  classCount: i32,
  column: usize,
  rowSlots: i32,
  classes: usize,
  positions: usize,
  start: i32,
  end: i32,
): void {
  const last = positions + ((<usize>end) << 2);
  for (let at = positions + ((<usize>start) << 2); at < last; at += 4) {
    const position = load<i32>(at);
    const code = <i32>load<u8>(column + position * rowSlots);
    const row = classes + ((<usize>position) << 3);
    const cell = sums + ((<usize>(code * classCount + load<i32>(row))) << 3);
    store<f64>(cell, load<f64>(cell) + <f64>load<f32>(row, 4));
    const rows = codeRows + ((<usize>code) << 2);
    store<i32>(rows, load<i32>(rows) + 1);
  }
}

/** Tries a division by its left side: `squares` has the sums of squared class weights of both sides. */
function tryClasses(squares: v128, weight: f64, rows: i32, code: i32, next: i32): void {
  const right = nodeWeight - weight;
  const means = f64x2.div(squares, f64x2.replace_lane(f64x2.splat(weight), 1, right));
  const score = f64x2.extract_lane(means, 0) + f64x2.extract_lane(means, 1);
  if (
    score > load<f64>(RESULT) &&
    rows >= leastRows &&
    nodeRows - rows >= leastRows &&
    right > 1e-12 * nodeWeight &&
    weight > 0
  ) {
    keep(score, code, next, 2 * rows > nodeRows);
  }
}

/** Moves a row to the left. @returns the sums of squares after it. */
function moveLeft(squares: v128, row: usize, weight: f64): v128 {
  const offset = (<usize>load<i32>(row)) << 3;
  const before = load<f64>(left + offset);
  const right = load<f64>(whole + offset) - before;
  store<f64>(left + offset, before + weight);
  // (b + w)² - b² = w (2 b + w); (r - w)² - r² = w (w - 2 r)
  const sides = f64x2.replace_lane(f64x2.splat(before), 1, -right);
  const weights = f64x2.splat(weight);
  return f64x2.add(squares, f64x2.mul(weights, f64x2.add(f64x2.add(sides, sides), weights)));
}

function clearLeft(): void {
  for (let cell = left; cell < left + classBytes; cell += 16) v128.store(cell, f64x2.splat(0));
}

function divideFewClasses(column: usize): bool {
  const rows = nodeRows;
  if (!sortFew<u64>(column, rows)) return false;
  clearLeft();
  let squares = f64x2.replace_lane(f64x2.splat(0), 1, wholeSum);
  let weight: f64 = 0;
  let code = <i32>load<u8>(SORTED_CODES);
  for (let row = 0; row < rows; row++) {
    const next = <i32>load<u8>(SORTED_CODES + row);
    if (code !== next) {
      tryClasses(squares, weight, row, code, next);
      code = next;
    }
    const pair = SORTED + ((<usize>row) << 3);
    const rowWeight = <f64>load<f32>(pair, 4);
    squares = moveLeft(squares, pair, rowWeight);
    weight += rowWeight;
  }
  return true;
}

/** Sorts pairs by code, and lists codes and where the rows of each end. @returns how many codes occur. */
function sortByCode(column: usize, to: usize): i32 {
  const last = lastRow;
  const rowSlots = slots;
  const classes = pairs;
  for (let at = firstRow; at < last; at += 4) {
    const code = <usize>load<u8>(column + load<i32>(at) * rowSlots);
    store<u8>(FLAGS + code, 255);
    const rows = CODE_ROWS + (code << 2);
    store<i32>(rows, load<i32>(rows) + 1);
  }
  let present = PRESENT;
  let row = to;
  for (let base = 0; base < 256; base += 64) {
    for (let flags = takeFlags(base); flags !== 0; flags &= flags - 1) {
      const code = base + <i32>ctz(flags);
      store<i32>(present, code);
      present += 4;
      const rows = CODE_ROWS + ((<usize>code) << 2);
      const next = row + ((<usize>load<i32>(rows)) << 3);
      store<usize>(rows, row);
      row = next;
    }
  }
  for (let at = firstRow; at < last; at += 4) {
    const position = load<i32>(at);
    const place = CODE_ROWS + ((<usize>load<u8>(column + position * rowSlots)) << 2);
    const row = load<usize>(place);
    store<u64>(row, load<u64>(classes + ((<usize>position) << 3)));
    store<usize>(place, row + 8);
  }
  const length = <i32>((present - PRESENT) >> 2);
  for (let at: usize = 0; at < (<usize>length) << 2; at += 4) {
    const place = CODE_ROWS + ((<usize>load<i32>(PRESENT + at)) << 2);
    store<i32>(LIST + at, <i32>((load<usize>(place) - to) >> 3));
    store<i32>(place, 0);
  }
  return length;
}

function divideSorted(column: usize): bool {
  const length = sortByCode(column, sorted);
  if (length < 2) return false;
  clearLeft();
  let squares = f64x2.replace_lane(f64x2.splat(0), 1, wholeSum);
  let weight: f64 = 0;
  let row = sorted;
  let code = load<i32>(PRESENT);
  for (let place: usize = 0; place < <usize>(length - 1); place++) {
    const rows = load<i32>(LIST + (place << 2));
    const until = sorted + ((<usize>rows) << 3);
    for (; row < until; row += 8) {
      const rowWeight = <f64>load<f32>(row, 4);
      squares = moveLeft(squares, row, rowWeight);
      weight += rowWeight;
    }
    const next = load<i32>(PRESENT + (place << 2), 4);
    tryClasses(squares, weight, rows, code, next);
    code = next;
  }
  return true;
}

function divideHistogram(column: usize, codes: i32): bool {
  const last = lastRow;
  const rowSlots = slots;
  const classes = pairs;
  const pairsOfClasses = <i32>(classBytes >> 4);
  for (let at = firstRow; at < last; at += 4) {
    const position = load<i32>(at);
    const code = <i32>load<u8>(column + position * rowSlots);
    const row = classes + ((<usize>position) << 3);
    const cell = histogram + ((<usize>(2 * code * pairsOfClasses + load<i32>(row))) << 3);
    store<f64>(cell, load<f64>(cell) + <f64>load<f32>(row, 4));
    const rows = histogramRows + ((<usize>code) << 2);
    store<i32>(rows, load<i32>(rows) + 1);
  }
  clearLeft();
  let squares = f64x2.splat(0);
  let weights = f64x2.splat(0);
  let rows = 0;
  let code = -1;
  let differs = false;
  const wholeEnd = whole + classBytes;
  for (let next = 0; next < codes; next++) {
    const nextRows = load<i32>(histogramRows + ((<usize>next) << 2));
    if (nextRows === 0) continue;
    store<i32>(histogramRows + ((<usize>next) << 2), 0);
    if (code >= 0) {
      differs = true;
      const weight = f64x2.extract_lane(weights, 0) + f64x2.extract_lane(weights, 1);
      tryClasses(squares, weight, rows, code, next);
    }
    code = next;
    rows += nextRows;
    let leftSquares = f64x2.splat(0);
    let rightSquares = f64x2.splat(0);
    let cell = histogram + ((<usize>(code * pairsOfClasses)) << 4);
    for (let at = whole; at < wholeEnd; at += 16) {
      const more = v128.load(cell);
      v128.store(cell, f64x2.splat(0));
      const leftPair = f64x2.add(v128.load(at + classBytes), more);
      v128.store(at + classBytes, leftPair);
      const rightPair = f64x2.sub(v128.load(at), leftPair);
      weights = f64x2.add(weights, more);
      leftSquares = f64x2.add(leftSquares, f64x2.mul(leftPair, leftPair));
      rightSquares = f64x2.add(rightSquares, f64x2.mul(rightPair, rightPair));
      cell += 16;
    }
    squares = f64x2.add(
      v128.shuffle<f64>(leftSquares, rightSquares, 0, 2),
      v128.shuffle<f64>(leftSquares, rightSquares, 1, 3),
    );
  }
  return differs;
}

/** Whether summing up by code and class costs less than sorting. */
function isForHistogram(codes: i32): bool {
  return HISTOGRAM_SHARE * nodeRows > codes * <i32>(classBytes >> 3);
}

/** As `divide`, for classes. */
export function divideClasses(
  column: usize,
  rowSlots: i32,
  codes: i32,
  classes: usize,
  positions: usize,
  start: i32,
  end: i32,
  scratch: usize,
  classCount: i32,
  sortedRows: i32,
  sum: f64,
  weight: f64,
  least: i32,
  score: f64,
): bool {
  setNode(rowSlots, classes, positions, start, end, weight, least, score);
  setClasses(scratch, classCount, sortedRows, sum);
  if (nodeRows <= FEW_ROWS) {
    gatherFew<u64>();
    return divideFewClasses(column);
  }
  return isForHistogram(codes) ? divideHistogram(column, codes) : divideSorted(column);
}

/** Sorts the pairs of a node by code, and lists the codes that occur and where the rows of each end. */
export function sortClasses(
  column: usize,
  rowSlots: i32,
  classes: usize,
  positions: usize,
  start: i32,
  end: i32,
  to: usize,
): i32 {
  setNode(rowSlots, classes, positions, start, end, 0, 0, 0);
  return sortByCode(column, to);
}

// The search for the best division of a node: draws features, as NodeSplitter (src/trainers/trees/forest/node-splitter.ts) does.

/** sfc32, as in src/random.ts; its state is four words. */
function uint32(state: usize): u32 {
  const b = load<u32>(state, 4);
  const c = load<u32>(state, 8);
  const d = load<u32>(state, 12);
  const t = load<u32>(state) + b + d;
  store<u32>(state, b ^ (b >>> 9));
  store<u32>(state, c + (c << 3), 4);
  store<u32>(state, rotl<u32>(c, 21) + t, 8);
  store<u32>(state, d + 1, 12);
  return t;
}

function swap(items: usize, i: i32, j: i32): void {
  const a = items + ((<usize>i) << 2);
  const b = items + ((<usize>j) << 2);
  const item = load<i32>(a);
  store<i32>(a, load<i32>(b));
  store<i32>(b, item);
}

/** Draws rows with replacement: sets the weight of each to how often it was drawn. */
export function drawRows(drawing: usize, rowPairs: usize, rows: i32, draws: i32): void {
  const end = rowPairs + ((<usize>rows) << 3);
  for (let at = rowPairs; at < end; at += 8) store<f32>(at, 0, 4);
  const share = <f64>rows / 4294967296;
  for (; draws > 0; draws--) {
    const weight = rowPairs + ((<usize>(<u32>floor(<f64>uint32(drawing) * share))) << 3);
    store<f32>(weight, load<f32>(weight, 4) + 1, 4);
  }
}

/** Lists the rows that have a weight; one more place may be written to. @returns how many they are. */
export function placeRows(rowPairs: usize, rows: i32, positions: usize): i32 {
  let to = positions;
  for (let row = 0; row < rows; row++) {
    store<i32>(to, row);
    to += (<usize>(load<f32>(rowPairs + ((<usize>row) << 3), 4) !== 0)) << 2;
  }
  return <i32>((to - positions) >> 2);
}

/** P: v128 for moments, u64 for classes. */
function drawFeatures<P>(drawing: usize, codes: usize, limit: i32, constants: i32, perfect: f64): i32 {
  const few = nodeRows <= FEW_ROWS;
  if (few) gatherFew<P>();
  const order = drawing + 16;
  const knownConstants = order + ((<usize>slots) << 2);
  const codeCounts = knownConstants + ((<usize>slots) << 2);
  let best = -1;
  let known = 0;
  let found = constants;
  let last = slots;
  let visited = 0;
  while (last > found && (visited < limit || visited <= known + found - constants)) {
    visited++;
    const among = last - (found - constants) - known;
    const draw = known + <i32>floor(<f64>uint32(drawing) * 2.3283064365386963e-10 * <f64>among);
    if (draw < constants) {
      swap(order, draw, known++);
      continue;
    }
    const place = draw + found - constants;
    const feature = load<i32>(order + ((<usize>place) << 2));
    const column = codes + <usize>feature;
    const before = load<f64>(RESULT);
    let differs: bool;
    if (sizeof<P>() === 16) {
      differs = few ? divideFew(column) : divideMany(column, <i32>load<u8>(codeCounts + feature));
    } else if (few) {
      differs = divideFewClasses(column);
    } else {
      const count = <i32>load<u8>(codeCounts + feature);
      differs = isForHistogram(count) ? divideHistogram(column, count) : divideSorted(column);
    }
    if (!differs) {
      swap(order, place, found++);
      continue;
    }
    swap(order, place, --last);
    const score = load<f64>(RESULT);
    if (score > before) best = feature;
    if (best >= 0 && (nodeRows === 2 || score >= perfect)) break;
  }
  // Drawing order of the known constants is restored, so that siblings find them at the same places.
  for (let at: usize = 0; at < (<usize>constants) << 2; at += 4) store<i32>(order + at, load<i32>(knownConstants + at));
  for (let at: usize = (<usize>constants) << 2; at < (<usize>found) << 2; at += 4) {
    store<i32>(knownConstants + at, load<i32>(order + at));
  }
  store<i32>(RESULT, found, 36);
  return best;
}

export function search(
  drawing: usize,
  limit: i32,
  constants: i32,
  codes: usize,
  rowSlots: i32,
  moments: usize,
  positions: usize,
  start: i32,
  end: i32,
  sum: f64,
  weight: f64,
  least: i32,
  perfect: f64,
): i32 {
  setNode(rowSlots, moments, positions, start, end, weight, least, -Infinity);
  mean = sum / weight;
  return drawFeatures<v128>(drawing, codes, limit, constants, perfect);
}

export function searchClasses(
  drawing: usize,
  limit: i32,
  constants: i32,
  codes: usize,
  rowSlots: i32,
  classes: usize,
  positions: usize,
  start: i32,
  end: i32,
  scratch: usize,
  classCount: i32,
  sortedRows: i32,
  sum: f64,
  weight: f64,
  least: i32,
  perfect: f64,
): i32 {
  setNode(rowSlots, classes, positions, start, end, weight, least, -Infinity);
  setClasses(scratch, classCount, sortedRows, sum);
  return drawFeatures<u64>(drawing, codes, limit, constants, perfect);
}
