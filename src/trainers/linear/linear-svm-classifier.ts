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
    return Float64Array.from({ length: features.rows }, (_, row) => {
      if (width < 2) return present[width === 1 && values[row]! > 0 ? 1 : 0]!;
      let best = 0;
      for (let k = 1; k < width; k++) if (values[row * width + k]! > values[row * width + best]!) best = k;
      return present[best]!;
    });
  }

  toJSON(): unknown {
    return {
      trainer: 'linear-svm',
      version: 1,
      task: 'classification',
      classCount: this.classCount,
      present: Array.from(this.present),
      functions: this.functions,
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
