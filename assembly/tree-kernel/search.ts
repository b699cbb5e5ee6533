// The search for the best division of a node: draws features, as NodeSplitter does
// (src/trainers/trees/forest/node-splitter.ts).
import { DRAW_UNIT } from '../../src/trainers/trees/kernel/division-rules';
import { CENTERS_BYTES, RESULT_ADDRESS } from '../../src/trainers/trees/kernel/memory-layout';
import { beginClasses, divideByClasses } from './class-divisions';
import { wordAt } from './memory';
import { beginMoments, divideByMoments } from './moment-divisions';
import { nodeRows, setNode, slots } from './node';
import { uint32 } from './random-stream';
import { divideClassesAtRandom, divideMomentsAtRandom } from './random-thresholds';

function swap(items: usize, i: i32, j: i32): void {
  const a = wordAt(items, i);
  const b = wordAt(items, j);
  const item = load<i32>(a);
  store<i32>(a, load<i32>(b));
  store<i32>(b, item);
}

function copyWords(to: usize, from: usize, start: i32, end: i32): void {
  for (let i = start; i < end; i++) store<i32>(wordAt(to, i), load<i32>(wordAt(from, i)));
}

/** P: v128 for moments, u64 for classes, which were begun. @returns the feature that divides the node best, or -1. */
function drawFeatures<P>(drawing: usize, centers: usize, codes: usize, limit: i32, constants: i32, perfect: f64): i32 {
  const order = drawing + 16;
  const knownConstants = wordAt(order, slots);
  const codeCounts = wordAt(knownConstants, slots);
  let best = -1;
  let known = 0;
  let found = constants;
  let last = slots;
  let visited = 0;
  // Order: [drawn known constants | known constants | constants found here | not drawn yet | drawn].
  while (last > found && (visited < limit || visited <= known + found - constants)) {
    visited++;
    const among = last - (found - constants) - known;
    const draw = known + <i32>floor(<f64>uint32(drawing) * DRAW_UNIT * <f64>among);
    if (draw < constants) {
      swap(order, draw, known++);
      continue;
    }
    const place = draw + found - constants;
    const feature = load<i32>(wordAt(order, place));
    const column = codes + <usize>feature;
    const before = load<f64>(RESULT_ADDRESS);
    let differs: bool;
    if (centers === 0) {
      const codeCount = <i32>load<u8>(codeCounts + <usize>feature);
      differs = sizeof<P>() === 16 ? divideByMoments(column, codeCount) : divideByClasses(column, codeCount);
    } else {
      const own = centers + CENTERS_BYTES * <usize>feature;
      differs =
        sizeof<P>() === 16 ? divideMomentsAtRandom(column, own, drawing) : divideClassesAtRandom(column, own, drawing);
    }
    if (!differs) {
      swap(order, place, found++);
      continue;
    }
    swap(order, place, --last);
    const score = load<f64>(RESULT_ADDRESS);
    if (score > before) best = feature;
    if (best >= 0 && (nodeRows === 2 || score >= perfect)) break;
  }
  // Drawing order of the known constants is restored, so that siblings find them at the same places.
  copyWords(order, knownConstants, 0, constants);
  copyWords(knownConstants, order, constants, found);
  store<i32>(RESULT_ADDRESS, found, 36);
  return best;
}

export function search(
  drawing: usize,
  centers: usize,
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
  beginMoments(sum);
  return drawFeatures<v128>(drawing, centers, codes, limit, constants, perfect);
}

export function searchClasses(
  drawing: usize,
  centers: usize,
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
  beginClasses(scratch, classCount, sortedRows, sum);
  return drawFeatures<u64>(drawing, centers, codes, limit, constants, perfect);
}
