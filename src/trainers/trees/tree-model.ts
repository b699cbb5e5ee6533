import { mostLikelyClasses } from '../class-probabilities.js';
import type { Matrix } from '../trainer.js';
import type { BinnedColumn, BinnedFeatures } from './bins/binned-features.js';
import { binnedCells, type CellSource, matrixCells } from './bins/cell-source.js';
import type { BinnedModel, BinnedPredictions } from './tree-trainer.js';

/** What every fitted ensemble of trees knows of the rows it predicts. */
export interface TreeModelData {
  readonly columns: readonly BinnedColumn[];
  /** Absent for regression. */
  readonly classCount?: number;
}

/** A fitted ensemble of trees: predicts what its outputs say of each row. */
export abstract class TreeModel<Data extends TreeModelData> implements BinnedModel {
  readonly data: Data;
  /** Code of a missing value in each column. */
  protected readonly missing: Uint8Array;
  readonly predictProba?: (features: Matrix) => Float64Array;

  constructor(data: Data) {
    this.data = data;
    this.missing = Uint8Array.from(data.columns, (column) => column.binCount);
    if (data.classCount !== undefined) {
      this.predictProba = (features) => this.outputs(matrixCells(data.columns, features));
    }
  }

  predict(features: Matrix): Float64Array {
    return this.values(this.outputs(matrixCells(this.data.columns, features)));
  }

  /** The same for rows of the dataset that the model was trained on, without their raw values. */
  predictBinned(binned: BinnedFeatures, rows: Int32Array): BinnedPredictions {
    const outputs = this.outputs(binnedCells(binned, rows));
    const values = this.values(outputs);
    return this.data.classCount === undefined ? { values } : { values, probabilities: outputs };
  }

  abstract toJSON(): unknown;

  /** Probabilities, rows x classes, or predicted numbers. */
  protected abstract outputs(source: CellSource): Float64Array;

  private values(outputs: Float64Array): Float64Array {
    const { classCount } = this.data;
    return classCount === undefined ? outputs : mostLikelyClasses(outputs, outputs.length / classCount, classCount);
  }
}
