import { mostLikelyClasses } from '../class-probabilities.js';
import type { SavedFields } from '../saved-model.js';
import type { Matrix, Model } from '../trainer.js';
import { LinearOutputs } from './linear-outputs.js';

/** One function, positive for the higher of two classes, or one for each of more classes, the highest wins. */
export class LinearSvmClassifier implements Model {
  readonly decision?: (features: Matrix) => Float64Array;
  private readonly functions: LinearOutputs;
  /** The classes that occurred, ascending, among classCount. */
  private readonly present: Int32Array;
  private readonly classCount: number;

  constructor(functions: LinearOutputs, present: Int32Array, classCount: number) {
    this.functions = functions;
    this.present = present;
    this.classCount = classCount;
    if (classCount === 2) this.decision = (features) => this.secondClassDecision(features);
  }

  predict(features: Matrix): Float64Array {
    const { present } = this;
    const values = this.functions.evaluate(features);
    const width = this.functions.intercepts.length;
    if (width === 0) return new Float64Array(features.rows).fill(present[0]!);
    if (width === 1) return values.map((value) => present[value > 0 ? 1 : 0]!);
    return mostLikelyClasses(values, features.rows, width).map((k) => present[k]!);
  }

  toJSON(): unknown {
    return {
      trainer: 'linear-svm',
      version: 1,
      task: 'classification',
      classCount: this.classCount,
      present: Array.from(this.present),
      functions: this.functions.toJSON(),
    };
  }

  static load(saved: SavedFields): LinearSvmClassifier {
    return new LinearSvmClassifier(
      LinearOutputs.load(saved.object('functions')),
      Int32Array.from(saved.numbers('present')),
      saved.count('classCount'),
    );
  }

  private secondClassDecision(features: Matrix): Float64Array {
    if (this.present.length === 1) return new Float64Array(features.rows).fill(this.present[0] === 1 ? 1 : -1);
    return this.functions.evaluate(features);
  }
}
