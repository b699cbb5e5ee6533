import { findWolfeStep, type LinePoint } from './line-search.js';

/** A smooth function: returns its value at x and writes its gradient there. A value that is not finite is a wall. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

export interface MinimizeOptions {
  /** Correction pairs kept. Default 10. */
  readonly memory?: number;
  /** Default 100. */
  readonly maxIterations?: number;
  /** Calls of the objective. Default 15,000. */
  readonly maxEvaluations?: number;
  /** Ends when no component of the gradient is larger. Default 1e-5. */
  readonly gradientTolerance?: number;
  /** Ends when an iteration improves the value by no more than this share of it. Default 2.2e-9. */
  readonly valueTolerance?: number;
  /** First step along the first direction. Default min(1, 1 / norm of the gradient); 1 suits a good preconditioner. */
  readonly firstStep?: number;
  /** Multiplies a vector, in place, by a guess of the inverse Hessian (symmetric, positive definite). Default identity. */
  readonly precondition?: (vector: Float64Array) => void;
}

export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly iterations: number;
  readonly evaluations: number;
  /** Which limit ended it; `line-search`: no further decrease could be found. */
  readonly stopped: 'gradient' | 'value' | 'iterations' | 'evaluations' | 'line-search';
}

const EVALUATIONS_PER_LINE_SEARCH = 20;

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** target += factor * source */
function addScaled(target: Float64Array, factor: number, source: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i]! += factor * source[i]!;
}

function largest(vector: Float64Array): number {
  let max = 0;
  for (let i = 0; i < vector.length; i++) max = Math.max(max, Math.abs(vector[i]!));
  return max;
}

/** The last pairs of steps s and gradient differences y, oldest first. */
class Corrections {
  private readonly pairs: { s: Float64Array; y: Float64Array; sy: number; coefficient: number }[] = [];
  private readonly memory: number;
  private readonly precondition: (vector: Float64Array) => void;
  private scale = 1;

  constructor(memory: number, precondition: (vector: Float64Array) => void) {
    this.memory = memory;
    this.precondition = precondition;
  }

  get isEmpty(): boolean {
    return this.pairs.length === 0;
  }

  clear(): void {
    this.pairs.length = 0;
    this.scale = 1;
  }

  /** Keeps the pair when its curvature is positive, so that the approximation stays positive definite. */
  add(s: Float64Array, y: Float64Array): void {
    const sy = dot(s, y);
    const scaled = y.slice();
    this.precondition(scaled);
    const yHy = dot(y, scaled);
    if (!(sy > 2.2e-16 * yHy) || !Number.isFinite(yHy)) return;
    if (this.pairs.length === this.memory) this.pairs.shift();
    this.pairs.push({ s, y, sy, coefficient: 0 });
    this.scale = sy / yHy;
  }

  /** Algorithm 7.4, two-loop recursion: overwrites q with H q; its initial H is eq. 7.20 times the preconditioner. */
  apply(q: Float64Array): void {
    for (let i = this.pairs.length - 1; i >= 0; i--) {
      const pair = this.pairs[i]!;
      pair.coefficient = dot(pair.s, q) / pair.sy;
      addScaled(q, -pair.coefficient, pair.y);
    }
    this.precondition(q);
    for (let i = 0; i < q.length; i++) q[i]! *= this.scale;
    for (const pair of this.pairs) addScaled(q, pair.coefficient - dot(pair.y, q) / pair.sy, pair.s);
  }
}

/**
 * L-BFGS: Nocedal & Wright, Numerical Optimization, 2nd ed. (2006), algorithms 7.4 and 7.5, with a strong Wolfe line
 * search. Deterministic.
 * @param start not changed.
 * @returns the best point found; its value is never above that of `start`.
 */
export function minimize(objective: Objective, start: Float64Array, options: MinimizeOptions = {}): Minimum {
  const { memory = 10, maxIterations = 100, maxEvaluations = 15_000 } = options;
  const { gradientTolerance = 1e-5, valueTolerance = 2.2e-9, precondition = () => {} } = options;
  const size = start.length;
  const corrections = new Corrections(memory, precondition);
  let x = start.slice();
  let gradient = new Float64Array(size);
  let value = objective(x, gradient);
  let trialX = new Float64Array(size);
  let trialGradient = new Float64Array(size);
  const direction = new Float64Array(size);
  let evaluations = 1;
  let iterations = 0;
  let lastStep = 0;

  const evaluate = (step: number): LinePoint => {
    for (let i = 0; i < size; i++) trialX[i] = x[i]! + step * direction[i]!;
    evaluations++;
    lastStep = step;
    const trialValue = objective(trialX, trialGradient);
    const slope = dot(trialGradient, direction);
    const finite = Number.isFinite(trialValue) && Number.isFinite(slope);
    return { step, value: finite ? trialValue : Number.POSITIVE_INFINITY, slope: finite ? slope : Number.NaN };
  };

  const end = (stopped: Minimum['stopped']): Minimum => ({ x, value, gradient, iterations, evaluations, stopped });

  while (largest(gradient) > gradientTolerance) {
    if (iterations >= maxIterations) return end('iterations');
    if (evaluations >= maxEvaluations) return end('evaluations');
    for (let i = 0; i < size; i++) direction[i] = -gradient[i]!;
    corrections.apply(direction);
    let slope = dot(gradient, direction);
    if (!(slope < 0)) {
      corrections.clear();
      for (let i = 0; i < size; i++) direction[i] = -gradient[i]!;
      precondition(direction);
      slope = dot(gradient, direction);
      if (!(slope < 0)) return end('line-search');
    }
    const firstStep = corrections.isEmpty
      ? (options.firstStep ?? Math.min(1, 1 / Math.sqrt(dot(direction, direction))))
      : 1;
    const budget = Math.min(EVALUATIONS_PER_LINE_SEARCH, maxEvaluations - evaluations);
    const found = findWolfeStep(evaluate, { step: 0, value, slope }, firstStep, budget);
    if (found === undefined) {
      if (corrections.isEmpty) return end('line-search');
      // Old curvature can point nowhere: once more from the preconditioned gradient.
      corrections.clear();
      continue;
    }
    // The search may settle on a point before the last one it looked at.
    if (found.step !== lastStep) evaluate(found.step);
    const s = new Float64Array(size);
    const y = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      s[i] = trialX[i]! - x[i]!;
      y[i] = trialGradient[i]! - gradient[i]!;
    }
    corrections.add(s, y);
    const improvement = value - found.value;
    const reference = Math.max(Math.abs(value), Math.abs(found.value), 1);
    [x, trialX] = [trialX, x];
    [gradient, trialGradient] = [trialGradient, gradient];
    value = found.value;
    iterations++;
    if (improvement <= valueTolerance * reference) {
      return end(largest(gradient) <= gradientTolerance ? 'gradient' : 'value');
    }
  }
  return end('gradient');
}
