import { Random } from '../../random.js';
import { type Points, selectPoints } from './kernel.js';
import { KernelMatrix } from './kernel-matrix.js';
import type { Pair } from './pair.js';
import { fitSigmoid, type Sigmoid } from './platt.js';
import { type MachineOptions, trainClassifier } from './train-machine.js';

const FOLDS = 5;

/** A sigmoid for each pair, fitted to decision values from five folds within the pair, as LIBSVM does. */
export function calibratePairs(
  points: Points,
  costs: Float64Array,
  pairs: readonly Pair[],
  options: MachineOptions,
  seed: number,
): Sigmoid[] {
  return pairs.map((pair, p) => {
    const order = new Random(seed, 'svm-calibration', p).shuffle(Int32Array.from(pair.rows.keys()));
    const values = new Float64Array(order.length);
    for (let fold = 0; fold < FOLDS; fold++) {
      const from = Math.floor((fold * order.length) / FOLDS);
      const to = Math.floor(((fold + 1) * order.length) / FOLDS);
      const fitted = order.filter((_, i) => i < from || i >= to);
      const held = order.slice(from, to);
      const heldValues = valuesOf(points, costs, pair, fitted, held, options);
      for (let i = 0; i < held.length; i++) values[held[i]!] = heldValues[i]!;
    }
    return fitSigmoid(
      values,
      Uint8Array.from(pair.signs, (sign) => (sign > 0 ? 1 : 0)),
    );
  });
}

/** Trains on some rows of a pair and evaluates others; a fold that lacks a class gives that class's sign. */
function valuesOf(
  points: Points,
  costs: Float64Array,
  pair: Pair,
  fitted: Int32Array,
  held: Int32Array,
  options: MachineOptions,
): Float64Array {
  const signs = Float64Array.from(fitted, (i) => pair.signs[i]!);
  if (!signs.includes(1) || !signs.includes(-1)) return new Float64Array(held.length).fill(signs[0] ?? 0);
  const fittedPoints = selectPoints(
    points,
    fitted.map((i) => pair.rows[i]!),
  );
  const fittedCosts = Float64Array.from(fitted, (i) => costs[pair.rows[i]!]!);
  const { coefficients, bias } = trainClassifier(fittedPoints, signs, fittedCosts, options);
  const matrix = new KernelMatrix(fittedPoints, options.kernel, options.engine);
  const { data, columns } = points;
  const kernelRow = new Float32Array(fitted.length);
  return Float64Array.from(held, (i) => {
    const from = pair.rows[i]! * columns;
    matrix.against(data.subarray(from, from + columns), kernelRow);
    let value = bias;
    for (let s = 0; s < coefficients.length; s++) value += coefficients[s]! * kernelRow[s]!;
    return value;
  });
}
