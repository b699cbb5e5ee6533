import { mostLikelyClasses } from '../class-probabilities.js';
import { groupByClass } from '../sample-weights.js';
import type { SavedFields } from '../saved-model.js';
import type { Matrix, Model, TrainingSet } from '../trainer.js';
import { calibratePairs } from './calibrate-pairs.js';
import { couplePairs } from './couple-pairs.js';
import { DecisionFunctions, type Machine, toMachine } from './decision-functions.js';
import { fitPointTransform, type Points, selectPoints, toPoints } from './kernel.js';
import { type Pair, pairsOf } from './pair.js';
import { type Sigmoid, sigmoidProbability } from './platt.js';
import { type MachineOptions, trainClassifier } from './train-machine.js';

/** One machine for each pair of the classes that occur, positive for the lower class of the pair. */
export class SvmClassifier implements Model {
  readonly decision?: (features: Matrix) => Float64Array;
  private readonly functions: DecisionFunctions;
  /** The classes that occurred, ascending, among classCount. */
  private readonly present: Int32Array;
  private readonly classCount: number;
  private calibrate: () => readonly Sigmoid[];

  /** @param calibrate a sigmoid for each machine; called once, when probabilities are first asked for. */
  constructor(
    functions: DecisionFunctions,
    present: Int32Array,
    classCount: number,
    calibrate: () => readonly Sigmoid[],
  ) {
    this.functions = functions;
    this.present = present;
    this.classCount = classCount;
    this.calibrate = calibrate;
    if (classCount === 2) this.decision = (features) => this.secondClassDecision(features);
  }

  /** The class with most votes, the lowest among equals. */
  predict(features: Matrix): Float64Array {
    const { present, classCount } = this;
    const values = this.functions.evaluate(features);
    const votes = new Float64Array(features.rows * classCount);
    for (let row = 0, at = 0; row < features.rows; row++) {
      const offset = row * classCount;
      if (present.length === 1) votes[offset + present[0]!] = 1;
      for (let a = 0; a < present.length; a++) {
        for (let b = a + 1; b < present.length; b++, at++) votes[offset + present[values[at]! > 0 ? a : b]!]!++;
      }
    }
    return mostLikelyClasses(votes, features.rows, classCount);
  }

  /** Platt's sigmoid a pair, coupled; as in LIBSVM they may disagree with predict on rows near a border. */
  predictProba(features: Matrix): Float64Array {
    const { present, classCount } = this;
    const sigmoids = this.sigmoids();
    const values = this.functions.evaluate(features);
    const probabilities = new Float64Array(features.rows * classCount);
    const pairs = new Float64Array(sigmoids.length);
    const coupled = new Float64Array(present.length);
    for (let row = 0; row < features.rows; row++) {
      for (let p = 0; p < pairs.length; p++) {
        pairs[p] = sigmoidProbability(sigmoids[p]!, values[row * pairs.length + p]!);
      }
      if (present.length === 2) {
        coupled[0] = pairs[0]!;
        coupled[1] = 1 - pairs[0]!;
      } else {
        couplePairs(pairs, present.length, coupled);
      }
      for (let k = 0; k < present.length; k++) probabilities[row * classCount + present[k]!] = coupled[k]!;
    }
    return probabilities;
  }

  toJSON(): unknown {
    return {
      trainer: 'svm',
      version: 1,
      task: 'classification',
      classCount: this.classCount,
      present: Array.from(this.present),
      sigmoids: this.sigmoids(),
      functions: this.functions.toJSON(),
    };
  }

  static load(saved: SavedFields): SvmClassifier {
    const sigmoids = saved
      .objects('sigmoids')
      .map((sigmoid) => ({ slope: sigmoid.number('slope'), intercept: sigmoid.number('intercept') }));
    return new SvmClassifier(
      DecisionFunctions.load(saved.object('functions')),
      Int32Array.from(saved.numbers('present')),
      saved.count('classCount'),
      () => sigmoids,
    );
  }

  private sigmoids(): readonly Sigmoid[] {
    const sigmoids = this.calibrate();
    this.calibrate = () => sigmoids;
    return sigmoids;
  }

  private secondClassDecision(features: Matrix): Float64Array {
    if (this.present.length === 1) return new Float64Array(features.rows).fill(this.present[0] === 1 ? 1 : -1);
    return this.functions.evaluate(features).map((value) => -value);
  }
}

/** @param costs C a row, class weights included. @param seed of the folds that probabilities are calibrated on. */
export function fitSvmClassifier(
  train: TrainingSet,
  costs: Float64Array,
  options: MachineOptions,
  seed: number,
): SvmClassifier {
  const transform = fitPointTransform(train.features, options.kernel);
  const points = toPoints(train.features, transform);
  const groups = groupByClass(train);
  const machines = pairsOf(groups).map((pair) => trainPair(points, costs, pair, options));
  return new SvmClassifier(
    DecisionFunctions.fromTraining(options.kernel, transform, points, machines),
    groups.classes,
    train.classes?.length ?? 0,
    () => calibratePairs(points, costs, pairsOf(groups), options, seed),
  );
}

function trainPair(points: Points, costs: Float64Array, pair: Pair, options: MachineOptions): Machine {
  const pairCosts = Float64Array.from(pair.rows, (row) => costs[row]!);
  const solution = trainClassifier(selectPoints(points, pair.rows), pair.signs, pairCosts, options);
  return toMachine(solution.coefficients, pair.rows, solution.bias);
}
