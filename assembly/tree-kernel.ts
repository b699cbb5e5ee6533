// AssemblyScript. What trees spend their time on, in the order and precision of the scalar kernel
// (src/trainers/trees/scalar-tree-kernel.ts), its reference: the two agree to the bit. Built by assembly/build.js.
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

// Where `divide` keeps what it needs, from the start of the memory: the result, a flag for each code, sums by code (zero
// between calls), and the list of codes that occur.
const RESULT: usize = 64;
const FLAGS: usize = 128;
const CELLS: usize = 384;
const LIST: usize = CELLS + 256 * 32;
const PRESENT: usize = LIST + 256 * 32;

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

/** Sums up the codes of a node, and tries the division after each. @returns how many codes occur. */
export function divide(
  column: usize,
  slots: i32,
  missing: i32,
  moments: usize,
  positions: usize,
  start: i32,
  end: i32,
  nodeSum: f64,
  nodeWeight: f64,
  leastRows: i32,
  score: f64,
): i32 {
  const last = positions + ((<usize>end) << 2);
  for (let at = positions + ((<usize>start) << 2); at < last; at += 4) {
    const position = load<i32>(at);
    const code = <usize>load<u8>(column + position * slots);
    store<u8>(FLAGS + code, 255);
    add(CELLS + (code << 5), momentsAt(moments, position));
  }
  let entry = LIST;
  let present = PRESENT;
  let code = 0;
  for (let group = 0; group <= missing; group += 16) {
    let flags = i8x16.bitmask(v128.load(FLAGS + <usize>group));
    if (flags === 0) continue;
    v128.store(FLAGS + <usize>group, i64x2.splat(0));
    while (flags !== 0) {
      code = group + <i32>ctz(flags);
      flags &= flags - 1;
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
  const length = <i32>((present - PRESENT) >> 2);
  store<f64>(RESULT, score);
  if (length < 2 || code === missing || score === Infinity) return length;
  const mean = nodeSum / nodeWeight;
  const leastWeight = 1e-12 * nodeWeight;
  const mostRows = end - start - leastRows;
  const lastEntry = entry - 32;
  let best = score;
  let rows = 0;
  let sums = f64x2.splat(0);
  for (entry = LIST; entry < lastEntry; entry += 32) {
    sums = f64x2.add(sums, v128.load(entry));
    rows += load<i32>(entry, 16);
    const weight = f64x2.extract_lane(sums, 1);
    const right = nodeWeight - weight;
    const difference = f64x2.extract_lane(sums, 0) - mean * weight;
    const value = (difference * difference) / (weight * right);
    if (value > best && rows >= leastRows && rows <= mostRows && right > leastWeight) {
      best = value;
      store<f64>(RESULT, value);
      store<i32>(RESULT, <i32>((entry - LIST) >> 5), 24);
      store<i32>(RESULT, <i32>(weight > right), 28);
    }
  }
  return length;
}

/** Adds rows to sums of weights by code and class, and to the rows of each code. */
export function countClasses(
  histogram: usize,
  codeRows: usize,
  classCount: i32,
  column: usize,
  slots: i32,
  classes: usize,
  positions: usize,
  start: i32,
  end: i32,
): void {
  const last = positions + ((<usize>end) << 2);
  for (let at = positions + ((<usize>start) << 2); at < last; at += 4) {
    const position = load<i32>(at);
    const code = <i32>load<u8>(column + position * slots);
    const row = classes + ((<usize>position) << 3);
    const cell = histogram + ((<usize>(code * classCount + load<i32>(row))) << 3);
    store<f64>(cell, load<f64>(cell) + <f64>load<f32>(row, 4));
    const rows = codeRows + ((<usize>code) << 2);
    store<i32>(rows, load<i32>(rows) + 1);
  }
}

/** Sorts a node by code, listing where the rows of each end, and tries the division after each. @returns how many codes occur. */
export function divideClasses(
  column: usize,
  slots: i32,
  missing: i32,
  classes: usize,
  positions: usize,
  start: i32,
  end: i32,
  whole: usize,
  classCount: i32,
  wholeSum: f64,
  wholeWeight: f64,
  leastRows: i32,
  score: f64,
): i32 {
  const left = whole + ((<usize>classCount) << 3);
  const sorted = left + ((<usize>classCount) << 3);
  const first = positions + ((<usize>start) << 2);
  const last = positions + ((<usize>end) << 2);
  for (let at = first; at < last; at += 4) {
    const code = <usize>load<u8>(column + load<i32>(at) * slots);
    store<u8>(FLAGS + code, 255);
    const rows = CELLS + (code << 2);
    store<i32>(rows, load<i32>(rows) + 1);
  }
  let present = PRESENT;
  let row = sorted;
  let code = 0;
  for (let group = 0; group <= missing; group += 16) {
    let flags = i8x16.bitmask(v128.load(FLAGS + <usize>group));
    if (flags === 0) continue;
    v128.store(FLAGS + <usize>group, i64x2.splat(0));
    while (flags !== 0) {
      code = group + <i32>ctz(flags);
      flags &= flags - 1;
      store<i32>(present, code);
      present += 4;
      const rows = CELLS + ((<usize>code) << 2);
      const next = row + ((<usize>load<i32>(rows)) << 3);
      store<usize>(rows, row);
      row = next;
    }
  }
  store<f64>(RESULT, score);
  const length = <i32>((present - PRESENT) >> 2);
  if (length < 2) {
    store<i32>(CELLS + ((<usize>code) << 2), 0);
    return length;
  }
  for (let at = first; at < last; at += 4) {
    const position = load<i32>(at);
    const place = CELLS + ((<usize>load<u8>(column + position * slots)) << 2);
    const to = load<usize>(place);
    store<u64>(to, load<u64>(classes + ((<usize>position) << 3)));
    store<usize>(place, to + 8);
  }
  for (let at: usize = 0; at < (<usize>length) << 2; at += 4) {
    const place = CELLS + ((<usize>load<i32>(PRESENT + at)) << 2);
    store<i32>(LIST + at, <i32>((load<usize>(place) - sorted) >> 3));
    store<i32>(place, 0);
  }
  if (code === missing || score === Infinity) return length;
  memory.fill(left, 0, (<usize>classCount) << 3);
  const rowCount = end - start;
  const leastWeight = 1e-12 * wholeWeight;
  let best = score;
  let leftWeight: f64 = 0;
  let leftSum: f64 = 0;
  let rightSum = wholeSum;
  row = sorted;
  for (let place = 0; place < length - 1; place++) {
    const rows = load<i32>(LIST + ((<usize>place) << 2));
    const until = sorted + ((<usize>rows) << 3);
    for (; row < until; row += 8) {
      const offset = (<usize>load<i32>(row)) << 3;
      const weight = <f64>load<f32>(row, 4);
      const before = load<f64>(left + offset);
      const right = load<f64>(whole + offset) - before;
      store<f64>(left + offset, before + weight);
      leftWeight += weight;
      leftSum += weight * (2 * before + weight);
      rightSum -= weight * (2 * right - weight);
    }
    const rightWeight = wholeWeight - leftWeight;
    const value = leftSum / leftWeight + rightSum / rightWeight;
    if (
      value > best &&
      rows >= leastRows &&
      rowCount - rows >= leastRows &&
      rightWeight > leastWeight &&
      leftWeight > 0
    ) {
      best = value;
      store<f64>(RESULT, value);
      store<i32>(RESULT, place, 24);
      store<i32>(RESULT, <i32>(2 * rows > rowCount), 28);
    }
  }
  return length;
}
