import type { Matrix } from '../matrix.js';
import type { FoldTrainer } from '../validation/fold-trainer.js';
import type { AsyncModel } from '../validation/predictions.js';
import type { FitContext, FittedModel, Predictions, TrainerModule } from './module-types.js';

/**
 * A user's trainer as one of ours, so that it is cross-validated in the same way.
 * @param name of its family, for messages. @param context what its fit is told.
 */
export function trainerOf(name: string, module: TrainerModule, context: FitContext): FoldTrainer {
  return {
    name,
    fit: async (train, params) => {
      const fitted: unknown = await module.fit(train, params, context);
      if (isFitted(fitted)) return modelOf(fitted);
      throw new Error('fit must return an object with the method predict(features)');
    },
  };
}

function isFitted(fitted: unknown): fitted is FittedModel {
  return (
    typeof fitted === 'object' && fitted !== null && typeof (fitted as Partial<FittedModel>).predict === 'function'
  );
}

function modelOf(fitted: FittedModel): AsyncModel {
  const { predictProba, decision } = fitted;
  return {
    predict: async (features) => numbers('predict', await fitted.predict(features)),
    ...(predictProba !== undefined && {
      predictProba: async (features: Matrix) => numbers('predictProba', await predictProba.call(fitted, features)),
    }),
    ...(decision !== undefined && {
      decision: async (features: Matrix) => numbers('decision', await decision.call(fitted, features)),
    }),
  };
}

/** @throws Error where it is no list of numbers. */
function numbers(method: string, given: Predictions): Float64Array {
  const list: unknown = given;
  if (list instanceof Float64Array) return list;
  if (!Array.isArray(list) && !(ArrayBuffer.isView(list) && 'length' in list)) {
    throw new Error(`${method} must return an array of numbers, got ${list === null ? 'null' : typeof list}`);
  }
  const result = new Float64Array(given.length);
  for (let i = 0; i < result.length; i++) {
    const value: unknown = given[i];
    if (typeof value !== 'number') {
      const hint = Array.isArray(value) ? ' (row-major, one number after the other)' : '';
      throw new Error(`${method} must return numbers${hint}, got ${JSON.stringify(value) ?? typeof value} at ${i}`);
    }
    result[i] = value;
  }
  return result;
}
