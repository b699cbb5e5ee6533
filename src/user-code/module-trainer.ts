import { inspect } from 'node:util';
import type { Matrix } from '../matrix.js';
import type { TrainingSet } from '../trainers/trainer.js';
import type { FoldTrainer } from '../validation/fold-trainer.js';
import type { AsyncModel } from '../validation/predictions.js';
import type { FitContext, FittedModel, Predictions, TrainerModule } from './module-types.js';

/**
 * A user's trainer as one of ours, so that it is cross-validated in the same way. What it is given are copies: the rows
 * of a fold serve all trials, and it may write to its own.
 * @param name of its family, for messages. @param context what its fit is told. @param onThrown receives what its code
 *   throws, which is thrown on.
 */
export function trainerOf(
  name: string,
  module: TrainerModule,
  context: FitContext,
  onThrown: (thrown: unknown) => void,
): FoldTrainer {
  const call: Call = async (run) => {
    try {
      return await run();
    } catch (thrown) {
      onThrown(thrown);
      throw thrown;
    }
  };
  return {
    name,
    fit: async (train, params) => {
      const fitted: unknown = await call(() => module.fit(copyOfRows(train), params, context));
      if (isFitted(fitted)) return modelOf(fitted, call);
      throw new Error('fit must return an object with the method predict(features)');
    },
  };
}

/** Calls code of the user's. */
type Call = <T>(run: () => T | Promise<T>) => Promise<T>;

function copyOfRows({ features, target, classes, columns, weights }: TrainingSet): TrainingSet {
  return {
    features: copyOf(features),
    target: target.slice(),
    columns: [...columns],
    ...(classes !== undefined && { classes: [...classes] }),
    ...(weights !== undefined && { weights: weights.slice() }),
  };
}

function copyOf({ data, rows, columns }: Matrix): Matrix {
  return { data: data.slice(), rows, columns };
}

function isFitted(fitted: unknown): fitted is FittedModel {
  return (
    typeof fitted === 'object' && fitted !== null && typeof (fitted as Partial<FittedModel>).predict === 'function'
  );
}

function modelOf(fitted: FittedModel, call: Call): AsyncModel {
  const { predictProba, decision } = fitted;
  return {
    predict: async (features) => numbers('predict', await call(() => fitted.predict(copyOf(features)))),
    ...(typeof predictProba === 'function' && {
      predictProba: async (features: Matrix) =>
        numbers('predictProba', await call(() => predictProba.call(fitted, copyOf(features)))),
    }),
    ...(typeof decision === 'function' && {
      decision: async (features: Matrix) =>
        numbers('decision', await call(() => decision.call(fitted, copyOf(features)))),
    }),
  };
}

/** @returns a copy. @throws Error where it is no list of numbers. */
function numbers(method: string, given: Predictions): Float64Array {
  const list: unknown = given;
  // The module may use the same array for its next answer.
  if (list instanceof Float64Array) return list.slice();
  if (!Array.isArray(list) && !(ArrayBuffer.isView(list) && 'length' in list)) {
    throw new Error(`${method} must return an array of numbers, got ${list === null ? 'null' : typeof list}`);
  }
  const result = new Float64Array(given.length);
  for (let i = 0; i < result.length; i++) {
    const value: unknown = given[i];
    if (typeof value !== 'number') {
      const hint = Array.isArray(value) ? ' (row-major, one number after the other)' : '';
      throw new Error(`${method} must return numbers${hint}, got ${shown(value)} at ${i}`);
    }
    result[i] = value;
  }
  return result;
}

function shown(value: unknown): string {
  return inspect(value, { depth: 0, breakLength: Number.POSITIVE_INFINITY }).slice(0, 100);
}
