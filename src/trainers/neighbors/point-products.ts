import { scoresOf } from '../linear/matrix-products.js';
import { startWasm, type WasmInstance } from '../start-wasm.js';
import { POINT_PRODUCTS_MODULE } from './point-products-module.js';

/** Points at a time, and queries at a time: their products stay in the cache. Multiples of four. */
export const POINTS = 128;
const QUERIES = 32;

/** Fewer multiplications than this are not worth a memory of their own. */
const LEAST_MULTIPLICATIONS = 1e6;

/** Products of points with queries of as many columns, block by block. */
export interface PointProducts {
  /** Queries at a time, at the most. */
  readonly stride: number;
  /** Of point p and query q of the block at `p * stride + q`. */
  readonly products: Float64Array;
  /** @param queries row-major; what is missing counts as 0. */
  setQueries(queries: Float64Array): void;
  /** Sets the products. @param points row-major, POINTS at the most. */
  multiply(points: Float64Array): void;
}

/** In WebAssembly where that pays. @param points how many there are in all, as of queries. */
export function createPointProducts(columns: number, points: number, queries: number): PointProducts {
  const isLarge = points * queries * columns >= LEAST_MULTIPLICATIONS;
  const instance = isLarge ? startWasm<Exports>(POINT_PRODUCTS_MODULE, byteLength(columns)) : undefined;
  return instance === undefined
    ? new ScalarPointProducts(columns, Math.min(QUERIES, queries))
    : new WasmPointProducts(columns, instance);
}

export class ScalarPointProducts implements PointProducts {
  readonly stride: number;
  readonly products: Float64Array;
  private readonly columns: number;
  /** Behind the queries an intercept of 0 for each. */
  private readonly queries: Float64Array;

  constructor(columns: number, stride: number) {
    this.columns = columns;
    this.stride = stride;
    this.products = new Float64Array(POINTS * stride);
    this.queries = new Float64Array(stride * (columns + 1));
  }

  setQueries(queries: Float64Array): void {
    this.queries.set(queries);
    this.queries.fill(0, queries.length);
  }

  multiply(points: Float64Array): void {
    scoresOf(points, points.length / this.columns, this.columns, this.queries, this.stride, this.products);
  }
}

interface Exports {
  scores(data: number, blocks: number, columns: number, v: number, quads: number, out: number): void;
}

// Where the parts lie in the memory, in numbers: products, points, queries column by column with an intercept each.
const POINTS_PLACE = POINTS * QUERIES;
const queriesPlace = (columns: number) => POINTS_PLACE + POINTS * columns;
const byteLength = (columns: number) => 8 * (queriesPlace(columns) + QUERIES * (columns + 1));

export class WasmPointProducts implements PointProducts {
  readonly stride = QUERIES;
  readonly products: Float64Array;
  private readonly columns: number;
  private readonly points: Float64Array;
  private readonly queries: Float64Array;
  private readonly exports: Exports;

  constructor(columns: number, { buffer, exports }: WasmInstance<Exports>) {
    this.columns = columns;
    this.exports = exports;
    this.products = new Float64Array(buffer, 0, POINTS * QUERIES);
    this.points = new Float64Array(buffer, 8 * POINTS_PLACE, POINTS * columns);
    this.queries = new Float64Array(buffer, 8 * queriesPlace(columns), QUERIES * (columns + 1));
  }

  setQueries(queries: Float64Array): void {
    const { columns } = this;
    this.queries.fill(0);
    for (let q = 0, at = 0; at < queries.length; q++) {
      for (let j = 0; j < columns; j++, at++) this.queries[j * QUERIES + q] = queries[at]!;
    }
  }

  multiply(points: Float64Array): void {
    const { columns } = this;
    this.points.set(points);
    const blocks = Math.ceil(points.length / columns / 4);
    this.exports.scores(8 * POINTS_PLACE, blocks, columns, 8 * queriesPlace(columns), QUERIES / 4, 0);
  }
}
