import type { SavedFields } from '../saved-model.js';
import type { Matrix } from '../trainer.js';
import { KERNELS, type Kernel, type Points, type PointTransform, selectPoints, toPoints } from './kernel.js';
import { KernelMatrix } from './kernel-matrix.js';
import { createRowEngine } from './wasm-row-engine.js';

/** One trained machine: its value is the sum of coefficients[s] * K(vectors[index[s]], x), plus bias. */
export interface Machine {
  readonly index: Int32Array;
  readonly coefficients: Float64Array;
  readonly bias: number;
}

/** Keeps the support vectors. @param rows the row that each coefficient belongs to. */
export function toMachine(coefficients: Float64Array, rows: Int32Array, bias: number): Machine {
  const index: number[] = [];
  for (let i = 0; i < coefficients.length; i++) if (coefficients[i] !== 0) index.push(i);
  return {
    index: Int32Array.from(index, (i) => rows[i]!),
    coefficients: Float64Array.from(index, (i) => coefficients[i]!),
    bias,
  };
}

/** The values of several machines that share kernel and support vectors. */
export class DecisionFunctions {
  readonly machines: readonly Machine[];
  private readonly kernel: Kernel;
  private readonly transform: PointTransform;
  private readonly vectors: Points;

  constructor(kernel: Kernel, transform: PointTransform, vectors: Points, machines: readonly Machine[]) {
    this.kernel = kernel;
    this.transform = transform;
    this.vectors = vectors;
    this.machines = machines;
  }

  /** @param machines their index refers to points; only the points that are used are kept. */
  static fromTraining(kernel: Kernel, transform: PointTransform, points: Points, machines: readonly Machine[]) {
    const used = new Uint8Array(points.rows);
    for (const { index } of machines) for (const i of index) used[i] = 1;
    const kept: number[] = [];
    const placeOf = new Int32Array(points.rows);
    for (let i = 0; i < points.rows; i++) if (used[i] === 1) placeOf[i] = kept.push(i) - 1;
    return new DecisionFunctions(
      kernel,
      transform,
      selectPoints(points, kept),
      machines.map((machine) => ({ ...machine, index: machine.index.map((i) => placeOf[i]!) })),
    );
  }

  /** @returns rows x machines, row-major. */
  evaluate(features: Matrix): Float64Array {
    const points = toPoints(features, this.transform);
    const { rows, columns } = points;
    const width = this.machines.length;
    const values = new Float64Array(rows * width);
    const weights = this.kernel.kind === 'linear' ? this.linearWeights() : undefined;
    const matrix = weights ? undefined : this.kernelMatrix();
    const kernelRow = new Float32Array(this.vectors.rows);
    for (let row = 0; row < rows; row++) {
      const point = points.data.subarray(row * columns, (row + 1) * columns);
      matrix?.against(point, kernelRow);
      for (let m = 0; m < width; m++) {
        const machine = this.machines[m]!;
        const sum = weights ? dot(weights, m * columns, point) : combine(machine, kernelRow);
        values[row * width + m] = sum + machine.bias;
      }
    }
    return values;
  }

  toJSON(): unknown {
    return {
      kernel: this.kernel,
      centre: Array.from(this.transform.centre),
      scale: this.transform.scale,
      vectorCount: this.vectors.rows,
      vectors: Array.from(this.vectors.data),
      machines: this.machines.map(({ index, coefficients, bias }) => ({
        index: Array.from(index),
        coefficients: Array.from(coefficients),
        bias,
      })),
    };
  }

  static load(saved: SavedFields): DecisionFunctions {
    const kernel = saved.object('kernel');
    const centre = saved.numbers('centre');
    const rows = saved.count('vectorCount');
    const vectors = Float32Array.from(saved.numbers('vectors', rows * centre.length));
    const machines = saved.objects('machines').map((machine) => {
      const index = Int32Array.from(machine.numbers('index'));
      return { index, coefficients: machine.numbers('coefficients', index.length), bias: machine.number('bias') };
    });
    return new DecisionFunctions(
      {
        kind: kernel.oneOf('kind', KERNELS),
        gamma: kernel.number('gamma'),
        degree: kernel.number('degree'),
        coef0: kernel.number('coef0'),
      },
      { centre, scale: saved.number('scale') },
      { data: vectors, rows, columns: centre.length },
      machines,
    );
  }

  private kernelMatrix(): KernelMatrix {
    return new KernelMatrix(this.vectors, this.kernel, createRowEngine(this.vectors.rows, this.vectors.columns));
  }

  /** A linear machine is one weight a column: machines x columns. */
  private linearWeights(): Float64Array {
    const { data, columns } = this.vectors;
    const weights = new Float64Array(this.machines.length * columns);
    this.machines.forEach(({ index, coefficients }, m) => {
      for (let s = 0; s < index.length; s++) {
        const from = index[s]! * columns;
        for (let c = 0; c < columns; c++) weights[m * columns + c]! += coefficients[s]! * data[from + c]!;
      }
    });
    return weights;
  }
}

function dot(weights: Float64Array, offset: number, point: Float32Array): number {
  let sum = 0;
  for (let c = 0; c < point.length; c++) sum += weights[offset + c]! * point[c]!;
  return sum;
}

function combine(machine: Machine, kernelRow: Float32Array): number {
  const { index, coefficients } = machine;
  let sum = 0;
  for (let s = 0; s < index.length; s++) sum += coefficients[s]! * kernelRow[index[s]!]!;
  return sum;
}
