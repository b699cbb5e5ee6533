import { boundedValue } from '../bounded-values.js';
import type { SavedFields } from '../saved-model.js';
import type { Matrix, Model, TrainingSet } from '../trainer.js';
import { DecisionFunctions, toMachine } from './decision-functions.js';
import { fitPointTransform, toPoints } from './kernel.js';
import { type MachineOptions, trainRegressor } from './train-machine.js';

/** One machine whose value is the prediction. */
export class SvmRegressor implements Model {
  private readonly functions: DecisionFunctions;

  constructor(functions: DecisionFunctions) {
    this.functions = functions;
  }

  predict(features: Matrix): Float64Array {
    return this.functions.evaluate(features);
  }

  toJSON(): unknown {
    return { trainer: 'svm', version: 1, task: 'regression', functions: this.functions.toJSON() };
  }

  static load(saved: SavedFields): SvmRegressor {
    return new SvmRegressor(DecisionFunctions.load(saved.object('functions')));
  }
}

/** @param costs C a row. */
export function fitSvmRegressor(
  train: TrainingSet,
  costs: Float64Array,
  epsilon: number,
  options: MachineOptions,
): SvmRegressor {
  const transform = fitPointTransform(train.features, options.kernel);
  const points = toPoints(train.features, transform);
  const { coefficients, bias } = trainRegressor(points, train.target.map(boundedValue), costs, epsilon, options);
  const machine = toMachine(coefficients, Int32Array.from(coefficients.keys()), bias);
  return new SvmRegressor(DecisionFunctions.fromTraining(options.kernel, transform, points, [machine]));
}
