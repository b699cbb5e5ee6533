import { startWasm, type WasmInstance } from '../start-wasm.js';
import type { Matrix } from '../trainer.js';
import type { ColumnLocations } from './column-passes.js';
import { LogisticLayout } from './logistic-layout.js';
import {
  type LogisticProducts,
  mostGramColumns,
  type ReplaceScores,
  ScalarLogisticProducts,
} from './logistic-products.js';
import { LOGISTIC_PRODUCTS_MODULE } from './logistic-products-module.js';

interface LogisticExports {
  locate(data: number, rows: number, columns: number, shares: number, out: number): void;
  variances(data: number, rows: number, columns: number, shares: number, means: number, out: number): void;
  standardize(data: number, rows: number, columns: number, means: number): void;
  gram(data: number, count: number, columns: number, shares: number, step: number, out: number): void;
  scoresOfOne(data: number, rows: number, columns: number, v: number, out: number): void;
  sigmoids(scores: number, count: number, exponentials: number, sigmoids: number): void;
  gradientOfOne(data: number, rows: number, columns: number, residuals: number, gradient: number): void;
  scores(data: number, blocks: number, columns: number, v: number, quads: number, out: number): void;
  gradients(data: number, blocks: number, columns: number, residuals: number, quads: number, gradient: number): void;
}

/** The fastest way at hand; all of them give the same bits. @param shares of each row in the total weight. */
export function createLogisticProducts(features: Matrix, shares: Float64Array, outputs: number): LogisticProducts {
  const layout = new LogisticLayout(features, outputs);
  const instance = startWasm<LogisticExports>(LOGISTIC_PRODUCTS_MODULE, layout.byteLength);
  return instance === undefined
    ? new ScalarLogisticProducts(features, shares, outputs)
    : new WasmLogisticProducts(features, shares, outputs, layout, instance);
}

/** Two numbers an instruction (assembly/logistic-products), on a copy of the features. */
export class WasmLogisticProducts implements LogisticProducts {
  readonly scores: Float64Array;
  readonly stride: number;
  readonly exponentials: Float64Array;
  readonly sigmoids: Float64Array;
  private readonly rows: number;
  private readonly outputs: number;
  private readonly layout: LogisticLayout;
  private readonly exports: LogisticExports;
  private readonly buffer: ArrayBuffer;
  /** Of the features, then of those kept. */
  private columns: number;

  constructor(
    { data, rows, columns }: Matrix,
    shares: Float64Array,
    outputs: number,
    layout: LogisticLayout,
    { buffer, exports }: WasmInstance<LogisticExports>,
  ) {
    this.rows = rows;
    this.columns = columns;
    this.outputs = outputs;
    this.layout = layout;
    this.exports = exports;
    this.buffer = buffer;
    this.stride = layout.stride;
    this.scores = this.numbers(layout.scores, layout.blockRows * layout.stride);
    this.exponentials = this.numbers(layout.exponentials, outputs === 1 ? layout.blockRows : 0);
    this.sigmoids = this.numbers(layout.sigmoids, this.exponentials.length);
    this.numbers(layout.shares, rows).set(shares);
    this.numbers(layout.data, rows * columns).set(data.subarray(0, rows * columns));
  }

  locate(): ColumnLocations {
    const { layout, columns } = this;
    this.exports.locate(layout.data, this.rows, columns, layout.shares, layout.v);
    const [means, lowest, highest] = [0, 1, 2].map((at) => this.numbers(layout.v + 8 * at * columns, columns).slice());
    return { means: means!, lowest: lowest!, highest: highest! };
  }

  variances(means: Float64Array, scales: Float64Array): Float64Array {
    const { layout, columns } = this;
    this.setColumns(means, scales);
    this.exports.variances(layout.data, this.rows, columns, layout.shares, layout.v, layout.gradient);
    return this.numbers(layout.gradient, columns).slice();
  }

  standardize(means: Float64Array, scales: Float64Array, kept: Int32Array): Float64Array {
    const { layout, rows, columns } = this;
    this.setColumns(means, scales);
    this.exports.standardize(layout.data, rows, columns, layout.v);
    const data = this.numbers(layout.data, rows * columns);
    if (kept.length < columns) {
      for (let i = 0, to = 0; i < rows; i++) {
        for (let k = 0; k < kept.length; k++, to++) data[to] = data[i * columns + kept[k]!]!;
      }
      data.fill(0, rows * kept.length);
      this.columns = kept.length;
    }
    return data.subarray(0, rows * kept.length);
  }

  gram(step: number): Float64Array {
    const { layout, columns } = this;
    if (columns > mostGramColumns(this.rows)) throw new RangeError(`no room for the gram of ${columns} columns`);
    this.exports.gram(layout.data, Math.ceil(this.rows / step), columns, layout.shares, step, layout.gram);
    return this.numbers(layout.gram, columns * columns).slice();
  }

  differentiate(v: Float64Array, gradient: Float64Array, replaceScores: ReplaceScores): void {
    const { layout, rows, columns, stride, scores, exports } = this;
    const { blockRows } = layout;
    const terms = this.numbers(layout.v, (columns + 1) * stride);
    const sums = this.numbers(layout.gradient, terms.length);
    this.transpose(v, terms);
    sums.fill(0);
    for (let from = 0; from < rows; from += blockRows) {
      const count = Math.min(blockRows, rows - from);
      const padded = 8 * Math.ceil(count / 8);
      const data = layout.data + 8 * from * columns;
      if (stride === 1) {
        exports.scoresOfOne(data, padded, columns, layout.v, layout.scores);
        exports.sigmoids(layout.scores, padded, layout.exponentials, layout.sigmoids);
      } else exports.scores(data, padded / 4, columns, layout.v, stride / 4, layout.scores);
      replaceScores(from, from + count);
      if (padded > count) scores.fill(0, count * stride, padded * stride);
      if (stride === 1) exports.gradientOfOne(data, padded, columns, layout.scores, layout.gradient);
      else exports.gradients(data, padded / 4, columns, layout.scores, stride / 4, layout.gradient);
    }
    this.transposeBack(sums, gradient);
  }

  /** Where `stride` numbers belong to a column, what lies beyond the outputs stays 0. */
  private transpose(v: Float64Array, terms: Float64Array): void {
    const { columns, outputs, stride } = this;
    terms.fill(0);
    for (let k = 0, at = 0; k < outputs; k++) {
      for (let j = 0; j < columns; j++, at++) terms[j * stride + k] = v[at]!;
      terms[columns * stride + k] = v[outputs * columns + k]!;
    }
  }

  private transposeBack(terms: Float64Array, v: Float64Array): void {
    const { columns, outputs, stride } = this;
    for (let k = 0, at = 0; k < outputs; k++) {
      for (let j = 0; j < columns; j++, at++) v[at] = terms[j * stride + k]!;
      v[outputs * columns + k] = terms[columns * stride + k]!;
    }
  }

  /** Puts two numbers a column where there are no unknowns yet. */
  private setColumns(means: Float64Array, scales: Float64Array): void {
    this.numbers(this.layout.v, this.columns).set(means);
    this.numbers(this.layout.v + 8 * this.columns, this.columns).set(scales);
  }

  private numbers(address: number, length: number): Float64Array {
    return new Float64Array(this.buffer, address, length);
  }
}
