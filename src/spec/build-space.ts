import {
  type Expression,
  ExpressionError,
  expressionNames,
  impossibleComparisons,
  parseExpression,
  renameExpression,
} from '../space/expression.js';
import { quoteHyphenatedNames } from '../space/hyphenated-names.js';
import type { Domain, Parameter } from '../space/parameter.js';
import { type Constraint, Space } from '../space/space.js';
import { SpaceError } from '../space/space-error.js';
import type { IssueList } from './issue-list.js';
import { NameScope } from './name-scope.js';
import { inFamilies, type ParameterEntry } from './parameter-entry.js';
import type { Path } from './place.js';

const MOST_PARAMETERS = 1000;
const SPACE_SECTIONS = ['preprocess', 'parameters', 'models', 'constraints'];

/** A constraint as written. */
export interface ConstraintEntry {
  readonly text: string;
  readonly path: Path;
  /** The family in which it stands; undefined at the top. */
  readonly family?: string;
}

/**
 * Reads conditions and constraints and puts the space together.
 * @param touched whether a value at a path was set from outside: comparisons with what that excludes are no mistakes.
 * @returns undefined when something in these sections breaks a rule.
 */
export function buildSpace(
  entries: readonly ParameterEntry[],
  constraintEntries: readonly ConstraintEntry[],
  touched: (path: Path) => boolean,
  issues: IssueList,
): Space | undefined {
  if (entries.length > MOST_PARAMETERS) {
    issues.add([], `a space has at most ${MOST_PARAMETERS} parameters, got ${entries.length}`);
    return undefined;
  }
  const conditions = new ConditionReader(entries, touched, issues);
  const whens = new Map(entries.map((entry) => [entry.name, conditions.when(entry)]));
  const constraints: Constraint[] = [];
  for (const { text, path, family } of constraintEntries) {
    const expression = conditions.read(text, path, family);
    if (expression !== undefined)
      constraints.push(family === undefined ? { text, expression } : ofFamily({ text, expression, family }));
  }
  if (issues.concern(SPACE_SECTIONS)) return undefined;
  const parameters: Parameter[] = [];
  for (const { name, read, onlyIfRead } of entries) {
    if (read.domain === undefined || (onlyIfRead && !conditions.namesRead.has(name))) continue;
    const when = whens.get(name);
    parameters.push({
      name,
      domain: read.domain,
      ...(when === undefined ? {} : { when }),
      ...(read.default === undefined ? {} : { default: read.default }),
      ...(read.gridPoints === undefined ? {} : { gridPoints: read.gridPoints }),
    });
  }
  try {
    return Space.create(parameters, constraints);
  } catch (error) {
    if (!(error instanceof SpaceError)) throw error;
    for (const { path, message } of error.issues) {
      issues.add(entries.find((entry) => entry.name === path)?.path ?? ['models'], message);
    }
    return undefined;
  }
}

/** A constraint of a family says nothing about the other ones. */
function ofFamily({ text, expression, family }: Constraint & { readonly family: string }): Constraint {
  const others: Expression = { kind: 'not', operand: inFamilies([family]) };
  return { text, expression: { kind: 'or', operands: [others, expression] }, family };
}

function parseOrError(text: string): Expression | ExpressionError {
  try {
    return parseExpression(text);
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
}

function unknownNames(expression: Expression, scope: NameScope): readonly string[] {
  return expressionNames(expression).filter((name) => scope.resolve(name) === undefined);
}

class ConditionReader {
  /** Full names that some condition reads. */
  readonly namesRead = new Set<string>();
  private readonly entries: ReadonlyMap<string, ParameterEntry>;
  private readonly scopes = new Map<string | undefined, NameScope>();
  private readonly touched: (path: Path) => boolean;
  private readonly issues: IssueList;

  constructor(entries: readonly ParameterEntry[], touched: (path: Path) => boolean, issues: IssueList) {
    this.entries = new Map(entries.map((entry) => [entry.name, entry]));
    this.touched = touched;
    this.issues = issues;
  }

  /** The condition of a parameter together with that of its family. */
  when(entry: ParameterEntry): Expression | undefined {
    const guard = entry.families === undefined ? undefined : inFamilies(entry.families);
    const { when } = entry.read;
    const own = when === undefined ? undefined : this.read(when, [...entry.path, 'when'], entry.family);
    if (guard === undefined || own === undefined) return guard ?? own;
    return { kind: 'and', operands: [guard, own] };
  }

  /** @returns the expression with full names; undefined when something is wrong with it. */
  read(text: string, path: Path, family: string | undefined): Expression | undefined {
    const scope = this.scope(family);
    const parsed = this.issues.full ? undefined : this.parse(text, path, scope);
    if (parsed === undefined) return undefined;
    const unknown = unknownNames(parsed, scope);
    for (const name of unknown.slice(0, 5)) this.issues.add(path, scope.unknown(name));
    for (const message of impossibleComparisons(parsed, (name) => this.comparable(scope.resolve(name)))) {
      this.issues.add(path, message);
    }
    if (unknown.length > 0) return undefined;
    const expression = renameExpression(parsed, (name) => scope.resolve(name) ?? name);
    for (const name of expressionNames(expression)) this.namesRead.add(name);
    return expression;
  }

  private parse(text: string, path: Path, scope: NameScope): Expression | undefined {
    const parsed = parseOrError(text);
    if (!(parsed instanceof ExpressionError) && unknownNames(parsed, scope).length === 0) return parsed;
    const corrected = quoteHyphenatedNames(text, scope.spellings);
    // The whole is shown in quotes, for YAML takes no text that begins with a backtick.
    if (corrected !== undefined) {
      this.issues.add(path, `a name with a hyphen is written in backticks: ${JSON.stringify(corrected)}`);
      return undefined;
    }
    if (!(parsed instanceof ExpressionError)) return parsed;
    this.issues.add(path, parsed.message);
    return undefined;
  }

  private scope(family: string | undefined): NameScope {
    let scope = this.scopes.get(family);
    if (scope === undefined) {
      scope = new NameScope(new Set(this.entries.keys()), family);
      this.scopes.set(family, scope);
    }
    return scope;
  }

  private comparable(name: string | undefined): Domain | undefined {
    const entry = name === undefined ? undefined : this.entries.get(name);
    if (entry === undefined) return undefined;
    if (entry.comparable !== undefined) return entry.comparable;
    return this.touched(entry.path) ? undefined : entry.read.domain;
  }
}
