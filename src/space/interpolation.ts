import type { ParameterValue } from '../trial.js';

/** Exact at both ends. */
export function interpolate(low: number, high: number, share: number): number {
  return share < 0.5 ? low + share * (high - low) : high - (1 - share) * (high - low);
}

/** Inverse of `interpolate`, kept within 0 … 1; the middle of a range that is one point. */
export function position(low: number, high: number, value: ParameterValue): number {
  if (typeof value !== 'number') return Number.NaN;
  return high > low ? clamp((value - low) / (high - low), 0, 1) : 0.5;
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
