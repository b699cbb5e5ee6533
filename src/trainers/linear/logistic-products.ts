import { startWasm, type WasmInstance } from '../start-wasm.js';
import { LOGISTIC_PRODUCTS_MODULE } from './logistic-products-module.js';
import { addResidualProducts, scoresOf } from './matrix-products.js';

/**
 * The two products of a fit with its rows Z (rows x columns): scores [Z, 1] v', and gradients from what the scores have
 * been replaced with. Unknowns v are outputs x columns, row-major, then one intercept an output.
 */
export interface LogisticProducts {
  /** rows x stride, row-major; what lies beyond the outputs is not to be touched. */
  readonly scores: Float64Array;
  readonly stride: number;
  /** Fills `scores`. */
  setScores(v: Float64Array): void;
  /** gradient += scores' [Z, 1], laid out as v. */
  addGradient(gradient: Float64Array): void;
}

/** The fastest way at hand; all of them give the same bits. @param data rows x columns, row-major. */
export function createLogisticProducts(data: Float64Array, shape: ProductShape): LogisticProducts {
  const worthwhile = shape.outputs >= WORTHWHILE_OUTPUTS;
  const instance = worthwhile ? startWasm<Exports>(LOGISTIC_PRODUCTS_MODULE, bytesOf(shape)) : undefined;
  return instance === undefined
    ? new ScalarLogisticProducts(data, shape)
    : new WasmLogisticProducts(data, shape, instance);
}

export interface ProductShape {
  readonly rows: number;
  readonly columns: number;
  readonly outputs: number;
}

/** The reference. */
export class ScalarLogisticProducts implements LogisticProducts {
  readonly scores: Float64Array;
  readonly stride: number;
  private readonly data: Float64Array;
  private readonly shape: ProductShape;

  constructor(data: Float64Array, shape: ProductShape) {
    this.data = data;
    this.shape = shape;
    this.stride = shape.outputs;
    this.scores = new Float64Array(shape.rows * shape.outputs);
  }

  setScores(v: Float64Array): void {
    const { rows, columns, outputs } = this.shape;
    scoresOf(this.data, rows, columns, v, outputs, this.scores);
  }

  addGradient(gradient: Float64Array): void {
    const { rows, columns, outputs } = this.shape;
    addResidualProducts(this.data, rows, columns, this.scores, outputs, gradient);
  }
}

/** One output fills a quarter of a quad: nothing is gained. */
const WORTHWHILE_OUTPUTS = 2;

interface Exports {
  scores(data: number, blocks: number, columns: number, v: number, quads: number, out: number): void;
  gradients(data: number, blocks: number, columns: number, residuals: number, quads: number, gradient: number): void;
}

/** Two numbers an instruction (assembly/logistic-products.ts), over rows padded to fours and outputs padded to fours. */
export class WasmLogisticProducts implements LogisticProducts {
  readonly scores: Float64Array;
  readonly stride: number;
  private readonly shape: ProductShape;
  private readonly exports: Exports;
  private readonly blocks: number;
  /** Unknowns, or their gradient: (columns + 1) x stride; what lies beyond the outputs stays 0. */
  private readonly terms: Float64Array;
  private readonly padding: Float64Array;

  constructor(data: Float64Array, shape: ProductShape, { buffer, exports }: WasmInstance<Exports>) {
    const { rows, columns, outputs } = shape;
    this.shape = shape;
    this.blocks = Math.ceil(rows / 4);
    this.stride = 4 * Math.ceil(outputs / 4);
    this.exports = exports;
    this.terms = new Float64Array(buffer, 0, (columns + 1) * this.stride);
    const paddedScores = new Float64Array(buffer, this.terms.byteLength, 4 * this.blocks * this.stride);
    this.scores = paddedScores.subarray(0, rows * this.stride);
    this.padding = paddedScores.subarray(rows * this.stride);
    new Float64Array(buffer, this.dataAt, rows * columns).set(data.subarray(0, rows * columns));
  }

  setScores(v: Float64Array): void {
    this.setTerms(v);
    this.exports.scores(this.dataAt, this.blocks, this.shape.columns, 0, this.stride / 4, this.terms.byteLength);
  }

  addGradient(gradient: Float64Array): void {
    const { columns, outputs } = this.shape;
    const { terms, stride } = this;
    this.padding.fill(0);
    this.setTerms(gradient);
    this.exports.gradients(this.dataAt, this.blocks, columns, terms.byteLength, stride / 4, 0);
    for (let k = 0, at = 0; k < outputs; k++) {
      for (let j = 0; j < columns; j++, at++) gradient[at] = terms[j * stride + k]!;
      gradient[outputs * columns + k] = terms[columns * stride + k]!;
    }
  }

  private setTerms(v: Float64Array): void {
    const { columns, outputs } = this.shape;
    const { terms, stride } = this;
    for (let k = 0, at = 0; k < outputs; k++) {
      for (let j = 0; j < columns; j++, at++) terms[j * stride + k] = v[at]!;
      terms[columns * stride + k] = v[outputs * columns + k]!;
    }
  }

  private get dataAt(): number {
    return 8 * (this.terms.length + 4 * this.blocks * this.stride);
  }
}

function bytesOf({ rows, columns, outputs }: ProductShape): number {
  const stride = 4 * Math.ceil(outputs / 4);
  const paddedRows = 4 * Math.ceil(rows / 4);
  return 8 * ((columns + 1) * stride + paddedRows * (stride + columns));
}
