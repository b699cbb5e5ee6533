import { SavedFields } from '../saved-model.js';
import type { Matrix, Model } from '../trainer.js';
import { LinearOutputs } from './linear-outputs.js';

const VERSION = 1;

/** Predicts w . x + intercept. */
export class LinearRegressor implements Model {
  private readonly trainer: string;
  private readonly functions: LinearOutputs;

  /** @param coefficients length columns. */
  constructor(trainer: string, coefficients: Float64Array, intercept: number) {
    this.trainer = trainer;
    this.functions = new LinearOutputs(coefficients, Float64Array.of(intercept));
  }

  predict(features: Matrix): Float64Array {
    return this.functions.evaluate(features);
  }

  toJSON(): unknown {
    const { coefficients, intercepts } = this.functions;
    return {
      trainer: this.trainer,
      version: VERSION,
      task: 'regression',
      coefficients: Array.from(coefficients),
      intercept: intercepts[0],
    };
  }

  /** @param trainer whose model it must be. @throws StorageError */
  static load(saved: unknown, trainer: string): LinearRegressor {
    const fields = SavedFields.open(saved, trainer, VERSION);
    return new LinearRegressor(trainer, fields.numbers('coefficients'), fields.number('intercept'));
  }
}
