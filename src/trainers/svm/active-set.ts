import type { DualProblem } from './dual-problem.js';

/** Kernel rows are narrowed when the active variables are a smaller share of their columns. */
const NARROWING = 0.75;

/**
 * The variables of the dual problem by position, the active ones first, with the gradient of the smooth part
 * (h = K b - t). To move b_k up costs h_k + upShift_k, to move it down gains h_k + downShift_k; a shift is infinite where
 * the bound forbids the move, and carries the kink of epsilon |b| at 0.
 */
export class ActiveSet {
  /** By variable. */
  readonly coefficients: Float64Array;
  /** By position: the variable, its place in kernel rows, its gradient, its shifts, its K(k, k). */
  readonly index: Int32Array;
  readonly place: Int32Array;
  readonly gradient: Float64Array;
  readonly upShift: Float64Array;
  readonly downShift: Float64Array;
  readonly diagonal: Float64Array;
  /** Positions below it are active. */
  count: number;
  /** The lowest up gradient, and the highest down gradient above it; optimal when they meet. */
  lowestUp = Number.POSITIVE_INFINITY;
  highestDown = Number.NEGATIVE_INFINITY;
  /** The position whose move up lowers the objective most, or -1 when none may move up. */
  steepestUp = -1;
  /** Columns of kernel rows. */
  private width: number;
  private readonly problem: DualProblem;
  /** Gradient and coefficients, by variable, when the first of the inactive variables was put aside. */
  private readonly asideGradient: Float64Array;
  private readonly asideCoefficients: Float64Array;

  constructor(problem: DualProblem) {
    const size = problem.target.length;
    this.problem = problem;
    this.count = size;
    this.width = size;
    this.coefficients = new Float64Array(size);
    this.index = new Int32Array(size);
    this.place = new Int32Array(size);
    this.gradient = new Float64Array(size);
    this.upShift = new Float64Array(size);
    this.downShift = new Float64Array(size);
    this.diagonal = Float64Array.from(problem.diagonal);
    this.asideGradient = new Float64Array(size);
    this.asideCoefficients = new Float64Array(size);
    for (let k = 0; k < size; k++) {
      this.index[k] = k;
      this.place[k] = k;
      this.gradient[k] = -problem.target[k]!;
      this.updateShifts(k);
    }
    this.findSteepestUp();
  }

  downGradient(position: number): number {
    return this.gradient[position]! + this.downShift[position]!;
  }

  /** The next value above b_i where the slope changes: its bound, or 0. */
  ceiling(i: number): number {
    return this.coefficients[i]! < 0 ? 0 : this.problem.upper[i]!;
  }

  floor(i: number): number {
    return this.coefficients[i]! > 0 ? 0 : this.problem.lower[i]!;
  }

  /** After b_up += step and b_down -= step: gradients, shifts, and the next steepest up. */
  move(up: number, down: number, step: number, rowUp: Float32Array, rowDown: Float32Array): void {
    this.updateShifts(up);
    this.updateShifts(down);
    const { gradient, upShift, place, count } = this;
    let lowest = Number.POSITIVE_INFINITY;
    let lowestAt = -1;
    for (let k = 0; k < count; k++) {
      const at = place[k]!;
      const value = gradient[k]! + step * (rowUp[at]! - rowDown[at]!);
      gradient[k] = value;
      const cost = value + upShift[k]!;
      if (cost < lowest) {
        lowest = cost;
        lowestAt = k;
      }
    }
    this.lowestUp = lowest;
    this.steepestUp = lowestAt;
  }

  /** How far the active variables are from optimal. */
  violation(): number {
    const { gradient, downShift, count } = this;
    let highest = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < count; k++) {
      const value = gradient[k]! + downShift[k]!;
      if (value > highest) highest = value;
    }
    this.highestDown = highest;
    return highest - this.lowestUp;
  }

  /** Puts aside the variables that lie at a bound (or at the kink) and are pressed against it. */
  shrink(): void {
    this.violation();
    const { gradient, upShift, downShift, count, lowestUp, highestDown } = this;
    const order = new Int32Array(count);
    const aside: number[] = [];
    let kept = 0;
    for (let k = 0; k < count; k++) {
      if (gradient[k]! + upShift[k]! > highestDown && gradient[k]! + downShift[k]! < lowestUp) aside.push(k);
      else order[kept++] = k;
    }
    if (kept === count) return;
    if (count === this.index.length) this.remember();
    // Those that stay keep their order: kernel rows are read in ascending order.
    order.set(aside, kept);
    this.reorder(order);
    this.count = kept;
    this.findSteepestUp();
    if (kept < NARROWING * this.width) this.narrow();
  }

  /** Makes every variable active again, with its gradient, each at the position of its number. */
  restore(): void {
    const { gradient, index, place, count, coefficients, asideGradient, asideCoefficients } = this;
    const { rows } = this.problem;
    const size = index.length;
    if (count === size) return;
    if (this.width < size) rows.widen();
    for (let k = count; k < size; k++) gradient[k] = asideGradient[index[k]!]!;
    for (let i = 0; i < size; i++) {
      const change = coefficients[i]! - asideCoefficients[i]!;
      if (change === 0) continue;
      const row = rows.row(i);
      for (let k = count; k < size; k++) gradient[k]! += change * row[index[k]!]!;
    }
    const order = new Int32Array(size);
    for (let k = 0; k < size; k++) order[index[k]!] = k;
    this.reorder(order);
    for (let k = 0; k < size; k++) place[k] = k;
    this.count = size;
    this.width = size;
    this.findSteepestUp();
  }

  private updateShifts(position: number): void {
    const i = this.index[position]!;
    const { lower, upper, epsilon } = this.problem;
    const value = this.coefficients[i]!;
    this.upShift[position] = value < upper[i]! ? (value >= 0 ? epsilon : -epsilon) : Number.POSITIVE_INFINITY;
    this.downShift[position] = value > lower[i]! ? (value > 0 ? epsilon : -epsilon) : Number.NEGATIVE_INFINITY;
  }

  private findSteepestUp(): void {
    const { gradient, upShift, count } = this;
    this.lowestUp = Number.POSITIVE_INFINITY;
    this.steepestUp = -1;
    for (let k = 0; k < count; k++) {
      const cost = gradient[k]! + upShift[k]!;
      if (cost < this.lowestUp) {
        this.lowestUp = cost;
        this.steepestUp = k;
      }
    }
  }

  private narrow(): void {
    this.problem.rows.narrow(this.index.slice(0, this.count), this.place.slice(0, this.count));
    this.width = this.count;
    for (let k = 0; k < this.count; k++) this.place[k] = k;
  }

  private remember(): void {
    for (let k = 0; k < this.count; k++) this.asideGradient[this.index[k]!] = this.gradient[k]!;
    this.asideCoefficients.set(this.coefficients);
  }

  /** What is at position order[k] comes to position k. */
  private reorder(order: Int32Array): void {
    for (const values of [this.index, this.place, this.gradient, this.upShift, this.downShift, this.diagonal]) {
      const copy = values.slice(0, order.length);
      for (let k = 0; k < order.length; k++) values[k] = copy[order[k]!]!;
    }
  }
}
