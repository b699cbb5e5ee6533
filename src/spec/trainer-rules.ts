import type { Domain } from '../space/parameter.js';
import type { ParameterDescription, Trainer } from '../trainers/trainer.js';
import type { ParameterValue } from '../trial.js';
import type { IssueList } from './issue-list.js';
import type { ReadParameter } from './parameter-domain.js';
import { type Path, showValue } from './place.js';
import { numberFromText, readAsNumberWarning } from './scalar-shapes.js';

/**
 * Checks a parameter against a trainer's own rule, and turns texts that spell numbers into numbers where the trainer
 * takes nothing else. What it refuses is added to the issues at `path`.
 */
export function checkWithTrainer(
  read: ReadParameter,
  trainer: Trainer,
  description: ParameterDescription,
  path: Path,
  issues: IssueList,
): ReadParameter {
  const { domain } = read;
  if (domain === undefined) return read;
  const rule = `must be ${description.rule} (${trainer.name})`;
  const accepted = (value: ParameterValue, at: Path): ParameterValue => {
    const fromText = description.accepts(value) ? undefined : numberFromText(value);
    if (fromText !== undefined && description.accepts(fromText)) {
      issues.warn(at, readAsNumberWarning(String(value), fromText));
      return fromText;
    }
    if (!description.accepts(value)) issues.add(at, `${rule}, got ${showValue(value)}`);
    return value;
  };
  if (domain.kind === 'constant') return { ...read, domain: { ...domain, value: accepted(domain.value, path) } };
  if (domain.kind === 'categorical') {
    const values = domain.values.map((value, i) => accepted(value, [...path, 'values', i]));
    return { ...read, domain: { ...domain, values } };
  }
  const refused = probes(domain).find(({ value }) => !description.accepts(value));
  if (refused === undefined) return read;
  const { what, value, advice } = refused;
  const whole = domain.kind === 'float' && description.accepts(Math.round(value)) ? '; write type: int' : advice;
  issues.add(path, `${what} ${rule}, got ${value}${whole}`);
  return read;
}

interface Probe {
  /** What of the range the value is, for messages. */
  readonly what: string;
  readonly value: number;
  readonly advice: string;
}

/** Values of a range that stand for all: its ends and what lies between. */
function probes(domain: Extract<Domain, { kind: 'float' | 'int' | 'normal' }>): readonly Probe[] {
  if (domain.kind === 'normal') return normalProbes(domain);
  const { min, max } = domain;
  const ends = [
    { what: 'min', value: min, advice: '' },
    { what: 'max', value: max, advice: '' },
  ];
  if (domain.kind === 'int') return ends;
  const inner = domain.step === undefined ? min + 0.381966 * (max - min) : min + domain.step;
  return [...ends, { what: 'every value between min and max', value: inner, advice: '' }];
}

/** No draw is farther from the mean, as probabilities below 2^-54 are not used. */
const FARTHEST_STD = 8.3;

function normalProbes({ mean, std, min, max, log }: Extract<Domain, { kind: 'normal' }>): readonly Probe[] {
  const bound = (value: number | undefined) => (value === undefined || !log ? value : Math.log(value));
  const drawn = (value: number) =>
    log ? Math.min(Math.max(Math.exp(value), Number.MIN_VALUE), Number.MAX_VALUE) : value;
  // Between bounds on one side of the mean, a draw is no farther from the nearer of them.
  const lowest = drawn(Math.min(mean, bound(max) ?? mean) - FARTHEST_STD * std);
  const highest = drawn(Math.max(mean, bound(min) ?? mean) + FARTHEST_STD * std);
  const inner = Math.min(max ?? highest, Math.max(min ?? lowest, drawn(mean + 0.1234 * std)));
  return [
    { what: 'every value', value: inner, advice: '' },
    min === undefined
      ? { what: 'every value', value: lowest, advice: ' far below the mean; give min' }
      : { what: 'min', value: min, advice: '' },
    max === undefined
      ? { what: 'every value', value: highest, advice: ' far above the mean; give max' }
      : { what: 'max', value: max, advice: '' },
  ];
}
