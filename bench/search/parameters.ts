import type { ParameterSpec } from '../../src/spec/study-spec.js';

/** A parameter as search benchmarks describe it; `when` holds where another parameter has one value. */
export interface BenchParameter {
  readonly name: string;
  readonly type: 'float' | 'int' | 'categorical';
  readonly low?: number;
  readonly high?: number;
  readonly log?: boolean;
  readonly step?: number;
  readonly choices?: readonly (string | number | boolean)[];
  readonly when?: { readonly param: string; readonly equals: string | number | boolean };
}

/** As the `parameters` of a space file. */
export function parameterSpecs(parameters: readonly BenchParameter[]): Readonly<Record<string, ParameterSpec>> {
  return Object.fromEntries(parameters.map((parameter) => [parameter.name, specOf(parameter)]));
}

function specOf(parameter: BenchParameter): ParameterSpec {
  const { type, low = 0, high = 1, log = false, step, choices = [], when } = parameter;
  const condition = when === undefined ? {} : { when: `${when.param} == ${literal(when.equals)}` };
  if (type === 'categorical') return { values: choices, ...condition };
  return { min: low, max: high, type, log, ...(step === undefined ? {} : { step }), ...condition };
}

function literal(value: string | number | boolean): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}

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
