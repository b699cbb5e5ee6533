import { type WasmApi, wasmApi } from '../wasm-api.js';
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
export function createLogisticProducts(
  data: Float64Array,
  rows: number,
  columns: number,
  outputs: number,
): LogisticProducts {
  const shape = { rows, columns, outputs };
  const api = outputs < WORTHWHILE_OUTPUTS || bytesOf(shape) > MEMORY_LIMIT_BYTES ? undefined : wasmApi<Exports>();
  const bytes = Buffer.from(api === undefined ? '' : LOGISTIC_PRODUCTS_MODULE, 'base64');
  return api?.validate(bytes)
    ? new WasmLogisticProducts(data, shape, api, bytes)
    : new ScalarLogisticProducts(data, shape);
}

interface Shape {
  readonly rows: number;
  readonly columns: number;
  readonly outputs: number;
}

/** The reference. */
export class ScalarLogisticProducts implements LogisticProducts {
  readonly scores: Float64Array;
  readonly stride: number;
  private readonly data: Float64Array;
  private readonly shape: Shape;

  constructor(data: Float64Array, shape: Shape) {
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
const PAGE_BYTES = 65536;
/** More rows are left to TypeScript. */
const MEMORY_LIMIT_BYTES = 2 ** 31 - PAGE_BYTES;

interface Exports {
  scores(data: number, blocks: number, columns: number, v: number, quads: number, out: number): void;
  gradients(data: number, blocks: number, columns: number, residuals: number, quads: number, gradient: number): void;
}

/** Two numbers an instruction (assembly/logistic-products.ts), over rows padded to fours and outputs padded to fours. */
export class WasmLogisticProducts implements LogisticProducts {
  readonly scores: Float64Array;
  readonly stride: number;
  private readonly shape: Shape;
  private readonly exports: Exports;
  private readonly blocks: number;
  /** Unknowns, or their gradient: (columns + 1) x stride. */
  private readonly terms: Float64Array;
  private readonly padding: Float64Array;

  constructor(data: Float64Array, shape: Shape, api: WasmApi<Exports>, module: Uint8Array) {
    const { rows, columns, outputs } = shape;
    this.shape = shape;
    this.blocks = Math.ceil(rows / 4);
    this.stride = 4 * Math.ceil(outputs / 4);
    const memory = new api.Memory({ initial: Math.ceil(bytesOf(shape) / PAGE_BYTES) });
    this.exports = new api.Instance(new api.Module(module), { env: { memory } }).exports;
    const { buffer } = memory;
    this.terms = new Float64Array(buffer, 0, (columns + 1) * this.stride);
    const paddedScores = new Float64Array(buffer, this.terms.byteLength, 4 * this.blocks * this.stride);
    this.scores = paddedScores.subarray(0, rows * this.stride);
    this.padding = paddedScores.subarray(rows * this.stride);
    new Float64Array(buffer, this.dataAt, rows * columns).set(data.subarray(0, rows * columns));
  }

  setScores(v: Float64Array): void {
    const { columns, outputs } = this.shape;
    const { terms, stride } = this;
    for (let k = 0, at = 0; k < outputs; k++) {
      for (let j = 0; j < columns; j++, at++) terms[j * stride + k] = v[at]!;
      terms[columns * stride + k] = v[outputs * columns + k]!;
    }
    this.exports.scores(this.dataAt, this.blocks, columns, 0, stride / 4, terms.byteLength);
  }

  addGradient(gradient: Float64Array): void {
    const { columns, outputs } = this.shape;
    const { terms, stride } = this;
    this.padding.fill(0);
    terms.fill(0);
    for (let k = 0, at = 0; k < outputs; k++) {
      for (let j = 0; j < columns; j++, at++) terms[j * stride + k] = gradient[at]!;
      terms[columns * stride + k] = gradient[outputs * columns + k]!;
    }
    this.exports.gradients(this.dataAt, this.blocks, columns, terms.byteLength, stride / 4, 0);
    for (let k = 0, at = 0; k < outputs; k++) {
      for (let j = 0; j < columns; j++, at++) gradient[at] = terms[j * stride + k]!;
      gradient[outputs * columns + k] = terms[columns * stride + k]!;
    }
  }

  private get dataAt(): number {
    return 8 * (this.terms.length + 4 * this.blocks * this.stride);
  }
}

function bytesOf({ rows, columns, outputs }: Shape): number {
  const stride = 4 * Math.ceil(outputs / 4);
  const paddedRows = 4 * Math.ceil(rows / 4);
  return 8 * ((columns + 1) * stride + paddedRows * (stride + columns));
}
