import { SavedFields } from '../saved-model.js';
import type { Matrix, Model } from '../trainer.js';
import { LinearOutputs } from './linear-outputs.js';

const VERSION = 1;

/** Predicts w . x + intercept. */
export class LinearRegressor implements Model {
  /** Length columns. */
  readonly coefficients: Float64Array;
  readonly intercept: number;
  private readonly trainer: string;
  private readonly functions: LinearOutputs;

  constructor(trainer: string, coefficients: Float64Array, intercept: number) {
    this.trainer = trainer;
    this.coefficients = coefficients;
    this.intercept = intercept;
    this.functions = new LinearOutputs(coefficients, Float64Array.of(intercept));
  }

  predict(features: Matrix): Float64Array {
    return this.functions.evaluate(features);
  }

  toJSON(): unknown {
    return {
      trainer: this.trainer,
      version: VERSION,
      task: 'regression',
      coefficients: Array.from(this.coefficients),
      intercept: this.intercept,
    };
  }

  /** @param trainer whose model it must be. @throws StorageError */
  static load(saved: unknown, trainer: string): LinearRegressor {
    const fields = SavedFields.open(saved, trainer, VERSION);
    return new LinearRegressor(trainer, fields.numbers('coefficients'), fields.number('intercept'));
  }
}
