import type { ParameterValue } from '../trial.js';
import { sameValue } from './expression-evaluation.js';
import { Lattice } from './lattice.js';
import type { Domain } from './parameter.js';

/** How far, as a share of the step, a value may stand beside its place on the lattice: what rounding leaves. */
const STEP_TOLERANCE = 1e-9;
/** How many values of a choice a message names. */
const SHOWN_VALUES = 12;

/** Whether a parameter can have the value. */
export function domainContains(domain: Domain, value: ParameterValue): boolean {
  switch (domain.kind) {
    case 'constant':
      return sameValue(domain.value, value);
    case 'categorical':
      return domain.values.some((candidate) => sameValue(candidate, value));
    case 'int':
      return Number.isInteger(value) && inRange(domain, value) && onStep(domain.min, domain.step, value as number);
    case 'float':
      return inRange(domain, value) && (domain.step === undefined || onStep(domain.min, domain.step, value as number));
    case 'normal':
      return inRange(domain, value) && (!domain.log || (value as number) > 0);
  }
}

/** The least and the greatest number that a parameter can be, infinite where there is none; undefined without numbers. */
export function numberRange(domain: Domain): { readonly least: number; readonly greatest: number } | undefined {
  switch (domain.kind) {
    case 'constant':
      return rangeOf([domain.value]);
    case 'categorical':
      return rangeOf(domain.values);
    case 'int':
    case 'float': {
      const { min, max, step } = domain;
      const lattice = step === undefined ? undefined : new Lattice(min, max, step);
      return { least: min, greatest: lattice === undefined ? max : lattice.valueAt(lattice.count - 1) };
    }
    case 'normal': {
      const least = domain.min ?? (domain.log ? Number.MIN_VALUE : Number.NEGATIVE_INFINITY);
      return { least, greatest: domain.max ?? Number.POSITIVE_INFINITY };
    }
  }
}

function rangeOf(values: readonly ParameterValue[]): ReturnType<typeof numberRange> {
  const numbers = values.filter((value) => typeof value === 'number');
  return numbers.length === 0 ? undefined : { least: Math.min(...numbers), greatest: Math.max(...numbers) };
}

/** A domain in words that go on from "is": `one of a, b`, `an integer from 1 to 9`. */
export function describeDomain(domain: Domain): string {
  switch (domain.kind) {
    case 'constant':
      return `fixed at ${plain(domain.value)}`;
    case 'categorical': {
      const shown = domain.values.slice(0, SHOWN_VALUES).map(plain).join(', ');
      return `one of ${shown}${domain.values.length > SHOWN_VALUES ? `, … (${domain.values.length} values)` : ''}`;
    }
    case 'int':
      return `an integer from ${domain.min} to ${domain.max}${domain.step === 1 ? '' : ` in steps of ${domain.step}`}`;
    case 'float':
      return `a number from ${domain.min} to ${domain.max}${domain.step === undefined ? '' : ` in steps of ${domain.step}`}`;
    case 'normal': {
      const from = domain.min === undefined ? (domain.log ? ' above 0' : '') : ` from ${domain.min}`;
      return `a number${from}${domain.max === undefined ? '' : ` up to ${domain.max}`}`;
    }
  }
}

/** A value as it stands in a list of choices: strings without quotes. */
function plain(value: ParameterValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function inRange(domain: { readonly min?: number; readonly max?: number }, value: ParameterValue): boolean {
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  return value >= (domain.min ?? Number.NEGATIVE_INFINITY) && value <= (domain.max ?? Number.POSITIVE_INFINITY);
}

function onStep(min: number, step: number, value: number): boolean {
  const steps = (value - min) / step;
  return Math.abs(steps - Math.round(steps)) <= STEP_TOLERANCE * Math.max(1, Math.abs(steps));
}
