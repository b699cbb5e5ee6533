import { mostLikelyClasses } from '../class-probabilities.js';
import { refuseMissing } from '../refuse-missing.js';
import { SavedFields } from '../saved-model.js';
import type { Matrix, Model } from '../trainer.js';
import { LinearOutputs } from './linear-outputs.js';
import { softmaxRows } from './softmax.js';

const NAME = 'logistic-regression';

export interface LogisticState {
  /** One output for two classes present, one a class for more, none for a single class. */
  readonly functions: LinearOutputs;
  /** Index of each class that the training rows had. */
  readonly present: Int32Array;
  readonly classes: number;
  readonly columns: readonly string[];
}

export function logisticModel(state: LogisticState): Model {
  const { functions, present, classes, columns } = state;
  const predictProba = (features: Matrix): Float64Array => {
    refuseMissing(NAME, features, columns);
    const { rows } = features;
    const probabilities = new Float64Array(rows * classes);
    const outputs = functions.intercepts.length;
    const scores = functions.evaluate(features);
    if (outputs > 1) softmaxRows(scores, rows, outputs);
    for (let i = 0; i < rows; i++) {
      const to = i * classes;
      if (outputs === 0) {
        probabilities[to + present[0]!] = 1;
      } else if (outputs === 1) {
        const small = Math.exp(-Math.abs(scores[i]!));
        const likelier = scores[i]! > 0 ? 1 : 0;
        probabilities[to + present[likelier]!] = 1 / (1 + small);
        probabilities[to + present[1 - likelier]!] = small / (1 + small);
      } else {
        for (let k = 0; k < outputs; k++) probabilities[to + present[k]!] = scores[i * outputs + k]!;
      }
    }
    return probabilities;
  };
  // Where probabilities are so near to 1 that they are equal, the scores still rank.
  const decision = (features: Matrix): Float64Array => {
    refuseMissing(NAME, features, columns);
    return functions.evaluate(features);
  };
  return {
    predictProba,
    ...(functions.intercepts.length === 1 && classes === 2 && { decision }),
    predict: (features) => mostLikelyClasses(predictProba(features), features.rows, classes),
    toJSON: () => ({
      trainer: NAME,
      version: 1,
      functions: functions.toJSON(),
      present: Array.from(present),
      classes,
      columns,
    }),
  };
}

export function loadLogistic(saved: unknown): Model {
  const fields = SavedFields.open(saved, NAME, 1);
  return logisticModel({
    functions: LinearOutputs.load(fields.object('functions')),
    present: Int32Array.from(fields.numbers('present')),
    classes: fields.count('classes'),
    columns: fields.texts('columns'),
  });
}
