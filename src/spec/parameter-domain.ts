import { describeDomain, domainContains } from '../space/domain-values.js';
import type { Domain } from '../space/parameter.js';
import type { ParameterValue } from '../trial.js';
import type { IssueList } from './issue-list.js';
import type { ParameterNotation } from './parameter-shape.js';
import { type Path, showValue } from './place.js';
import { numberFromText, readAsNumberWarning } from './scalar-shapes.js';
import { expandShortForm } from './short-form.js';

/** A notation, read. */
export interface ReadParameter {
  /** Undefined when the notation breaks a rule, which has been reported. */
  readonly domain?: Domain;
  readonly default?: ParameterValue;
  readonly gridPoints?: number;
  /** The text of its condition. */
  readonly when?: string;
}

type Notation<F> = Extract<ParameterNotation, { readonly form: F }>;

/** Reads any notation of a parameter; what breaks a rule is added to the issues at `path`. */
export function readParameter(notation: ParameterNotation, path: Path, issues: IssueList): ReadParameter {
  if (notation.form === 'fixed') return { domain: { kind: 'constant', value: notation.value } };
  if (notation.form === 'short') {
    const expanded = expandShortForm(notation.text);
    if (typeof expanded !== 'string') return readParameter(expanded, path, issues);
    issues.add(path, expanded);
    return {};
  }
  const fail = (message: string): undefined => {
    issues.add(path, message);
    return undefined;
  };
  const domain = collapsed(domainOf(notation, path, issues, fail));
  const fallback = readDefault(notation.default, domain, path, issues);
  return {
    ...(domain === undefined ? {} : { domain }),
    ...(fallback === undefined ? {} : { default: fallback }),
    ...('grid' in notation && notation.grid !== undefined ? { gridPoints: notation.grid } : {}),
    ...(notation.when === undefined ? {} : { when: notation.when }),
  };
}

function domainOf(
  notation: Notation<'values'> | Notation<'range'> | Notation<'normal'>,
  path: Path,
  issues: IssueList,
  fail: (message: string) => undefined,
): Domain | undefined {
  if (notation.form === 'values') return categorical(notation, path, issues);
  return notation.form === 'range' ? range(notation, fail) : normal(notation, fail);
}

function categorical(notation: Notation<'values'>, path: Path, issues: IssueList): Domain | undefined {
  const values = notation.values?.filter((value) => value !== undefined);
  if (values === undefined || values.length !== notation.values?.length) return undefined;
  const seen = new Set<string>();
  values.forEach((value, i) => {
    const key = JSON.stringify(value);
    if (seen.has(key)) issues.add([...path, 'values', i], `${showValue(value)} is listed twice`);
    seen.add(key);
  });
  return { kind: 'categorical', values, ordered: notation.ordered ?? false };
}

function range(notation: Notation<'range'>, fail: (message: string) => undefined): Domain | undefined {
  const { min, max, step, log = false } = notation;
  if (min === undefined || max === undefined) return undefined;
  if (min > max) return fail(`min must be <= max, got min ${min}, max ${max}`);
  if (log && min <= 0) return fail(`min must be > 0 with log: true, got ${min}`);
  if (log && step !== undefined) return fail(`step and log: true exclude each other, got step ${step}`);
  if (!Number.isFinite(max - min)) return fail(`the range is too wide, got min ${min}, max ${max}`);
  if (step !== undefined && step > max - min && min !== max) {
    return fail(`step must be <= max - min, got step ${step}, min ${min}, max ${max}`);
  }
  if (notation.type !== 'int') return { kind: 'float', min, max, log, ...(step === undefined ? {} : { step }) };
  const broken = [min, max, step ?? 1].find((value) => !Number.isSafeInteger(value));
  if (broken !== undefined)
    return fail(
      `type: int needs whole numbers${Number.isInteger(broken) ? ' of at most 2^53 - 1' : ''}, got ${broken}`,
    );
  return { kind: 'int', min, max, log, step: step ?? 1 };
}

function normal(notation: Notation<'normal'>, fail: (message: string) => undefined): Domain | undefined {
  const { mean, std, min, max, log = false } = notation.normal ?? {};
  if (mean === undefined || std === undefined) return undefined;
  if (std <= 0) return fail(`std must be > 0, got ${std}`);
  if (min !== undefined && max !== undefined && min >= max)
    return fail(`min must be < max, got min ${min}, max ${max}`);
  if (log && min !== undefined && min <= 0) return fail(`min must be > 0 with log: true, got ${min}`);
  if (log && max !== undefined && max <= 0) return fail(`max must be > 0 with log: true, got ${max}`);
  const scaled = (value: number) => ((log ? Math.log(value) : value) - mean) / std;
  if ((min !== undefined && scaled(min) > 6) || (max !== undefined && scaled(max) < -6)) {
    return fail(`min and max must leave values within 6 std of the mean, got mean ${mean}, std ${std}`);
  }
  return {
    kind: 'normal',
    mean,
    std,
    log,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  };
}

/** A domain of one value is a constant. */
function collapsed(domain: Domain | undefined): Domain | undefined {
  if (domain?.kind === 'categorical' && domain.values.length === 1)
    return { kind: 'constant', value: domain.values[0]! };
  if ((domain?.kind === 'float' || domain?.kind === 'int') && domain.min === domain.max) {
    return { kind: 'constant', value: domain.min };
  }
  return domain;
}

function readDefault(
  given: ParameterValue | undefined,
  domain: Domain | undefined,
  path: Path,
  issues: IssueList,
): ParameterValue | undefined {
  if (given === undefined || domain === undefined) return undefined;
  const fromText = isNumeric(domain) ? numberFromText(given) : undefined;
  if (fromText !== undefined) issues.warn([...path, 'default'], readAsNumberWarning(String(given), fromText));
  const value = fromText ?? given;
  if (!domainContains(domain, value)) {
    issues.add([...path, 'default'], `must be ${describeDomain(domain)}, got ${showValue(given)}`);
  }
  return value;
}

export function isNumeric(domain: Domain): boolean {
  return domain.kind === 'float' || domain.kind === 'int' || domain.kind === 'normal';
}
