import type { Matrix } from '../trainer.js';
import { mostGramColumns, rowsInBlock } from './logistic-products.js';

/**
 * What stands where in the memory of `WasmLogisticProducts`, in bytes. Rows are padded with zeros to eights, several
 * outputs to fours.
 */
export class LogisticLayout {
  readonly stride: number;
  readonly blockRows: number;
  readonly v: number;
  readonly gradient: number;
  readonly scores: number;
  readonly exponentials: number;
  readonly sigmoids: number;
  readonly shares: number;
  readonly gram: number;
  readonly data: number;
  readonly byteLength: number;

  constructor({ rows, columns }: Pick<Matrix, 'rows' | 'columns'>, outputs: number) {
    const paddedRows = 8 * Math.ceil(rows / 8);
    this.stride = outputs === 1 ? 1 : 4 * Math.ceil(outputs / 4);
    this.blockRows = Math.min(paddedRows, rowsInBlock(columns, outputs));
    // Three numbers a column before there are unknowns.
    const terms = 8 * (columns + 1) * Math.max(3, this.stride);
    this.v = 0;
    this.gradient = terms;
    this.scores = 2 * terms;
    this.exponentials = this.scores + 8 * this.blockRows * this.stride;
    this.sigmoids = this.exponentials + (outputs === 1 ? 8 * this.blockRows : 0);
    this.shares = this.sigmoids + (this.sigmoids - this.exponentials);
    this.gram = this.shares + 8 * paddedRows;
    this.data = this.gram + 8 * Math.min(columns, mostGramColumns(rows)) ** 2;
    this.byteLength = this.data + 8 * paddedRows * columns;
  }
}
