import type { BenchParameter } from './drive-adapter.js';

type Extra = Pick<BenchParameter, 'log' | 'step' | 'when'>;

const LOG = { log: true };

export function float(name: string, low: number, high: number, extra: Extra = {}): BenchParameter {
  return { name, type: 'float', low, high, ...extra };
}

export function logFloat(name: string, low: number, high: number, extra: Extra = {}): BenchParameter {
  return float(name, low, high, { ...extra, ...LOG });
}

export function int(name: string, low: number, high: number, extra: Extra = {}): BenchParameter {
  return { name, type: 'int', low, high, ...extra };
}

export function logInt(name: string, low: number, high: number, extra: Extra = {}): BenchParameter {
  return int(name, low, high, { ...extra, ...LOG });
}

export function choice(name: string, choices: readonly string[], extra: Extra = {}): BenchParameter {
  return { name, type: 'categorical', choices, ...extra };
}

/** The parameters that are active where a choice has one value. */
export function whenIs(param: string, equals: string, parameters: readonly BenchParameter[]): BenchParameter[] {
  return parameters.map((parameter) => ({ ...parameter, when: parameter.when ?? { param, equals } }));
}

/** x1 … xn over one range. */
export function cube(dimensions: number, low: number, high: number): BenchParameter[] {
  return Array.from({ length: dimensions }, (_, i) => float(`x${i + 1}`, low, high));
}
