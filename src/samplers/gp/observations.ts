import type { Space } from '../../space/space.js';
import type { EndedTrial, Goal } from '../../trial.js';
import { scoreNoise } from './fold-noise.js';

/** What ended trials say of the objective, to be minimised. */
export interface Observations {
  /** rows x coordinates, NaN where inactive. */
  readonly inputs: Float64Array;
  /** Finite, the lower the better; standardised. */
  readonly values: Float64Array;
  readonly rows: number;
  /** Variance of the noise in units of `values`; undefined when nothing tells. */
  readonly noise: number | undefined;
}

/** Beyond this no difference can be squared. */
const LARGEST = 1e150;
/** Values worse than the third quartile by more than this many times its distance to the best are cut: they are bad, and
 *  how bad says nothing about where the good ones are. */
const TAIL_LENGTH = 10;

/**
 * @param trials those to learn from; cancelled ones are left out. A trial that failed, or ran out of time or memory,
 *   counts as the worst score seen; one that lost its race as the third quartile.
 */
export function observe(space: Space, goal: Goal, trials: readonly EndedTrial[]): Observations {
  const used = trials.filter(({ state }) => state !== 'cancelled');
  const dimensions = space.dimensions.length;
  const inputs = new Float64Array(used.length * dimensions);
  for (const [row, { params }] of used.entries()) inputs.set(space.encode(params), row * dimensions);
  const sign = goal === 'maximize' ? -1 : 1;
  const scores = used.flatMap(({ score }) => (isScore(score) ? [clamp(sign * score)] : [])).sort((a, b) => a - b);
  const best = scores[0] ?? 0;
  const quartile = scores[Math.floor(0.75 * scores.length)] ?? 0;
  const worst = scores[scores.length - 1] ?? 0;
  const limit = quartile > best ? Math.min(worst, quartile + TAIL_LENGTH * (quartile - best)) : worst;
  const values = Float64Array.from(used, ({ score, state }) => {
    if (isScore(score)) return Math.min(clamp(sign * score), limit);
    return state === 'raced-out' ? quartile : limit;
  });
  const deviation = standardise(values);
  const noise = scoreNoise(used.filter(({ score }) => isScore(score)));
  return { inputs, values, rows: used.length, noise: noise === undefined ? undefined : noise / deviation ** 2 };
}

function isScore(score: number | undefined): score is number {
  return score !== undefined && Number.isFinite(score);
}

function clamp(value: number): number {
  return Math.min(Math.max(value, -LARGEST), LARGEST);
}

/** Shifts and scales to mean 0 and variance 1, in place. @returns the standard deviation that was; 1 when all are equal. */
export function standardise(values: Float64Array): number {
  if (values.length === 0) return 1;
  let sum = 0;
  for (const value of values) sum += value / values.length;
  let squares = 0;
  for (const value of values) squares += (value - sum) ** 2 / values.length;
  const deviation = squares > 0 && squares > 1e-28 * sum * sum ? Math.sqrt(squares) : 0;
  for (let i = 0; i < values.length; i++) values[i] = deviation === 0 ? 0 : (values[i]! - sum) / deviation;
  return deviation === 0 ? 1 : deviation;
}

/**
 * Rows for a model of bounded size: the better ones, and the others spread evenly over the order of the trials, in which
 * the early ones fill the space. In ascending order; all of them when they are few enough.
 */
export function selectRows(values: Float64Array, limit: number): Int32Array {
  const rows = Int32Array.from(values, (_, row) => row);
  if (values.length <= limit) return rows;
  const byValue = rows.slice().sort((a, b) => values[a]! - values[b]! || a - b);
  const chosen = byValue.slice(0, limit >> 1);
  const others = byValue.slice(limit >> 1).sort();
  const share = limit - chosen.length;
  const spread = Int32Array.from({ length: share }, (_, i) => others[Math.floor((i * others.length) / share)]!);
  const all = new Int32Array(limit);
  all.set(chosen);
  all.set(spread, chosen.length);
  return all.sort();
}
