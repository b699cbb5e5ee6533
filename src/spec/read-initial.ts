import { suggestion } from '../nearest-name.js';
import { familyOf } from '../parameter-name.js';
import type { Space } from '../space/space.js';
import type { ParameterValue, Params } from '../trial.js';
import type { IssueList } from './issue-list.js';
import { isNumeric } from './parameter-domain.js';
import { isParameterValue } from './parameter-shape.js';
import { type Path, showValue } from './place.js';
import { numberFromText, readAsNumberWarning } from './scalar-shapes.js';

/** `search.initial`: configurations by full names, completed, each checked where it stands. */
export function readInitial(
  configurations: readonly (Readonly<Record<string, unknown>> | undefined)[],
  space: Space,
  issues: IssueList,
): Params[] {
  return configurations.flatMap((given, i) => {
    const params = given === undefined ? undefined : readConfiguration(given, ['search', 'initial', i], space, issues);
    return params === undefined ? [] : [params];
  });
}

function readConfiguration(
  given: Readonly<Record<string, unknown>>,
  path: Path,
  space: Space,
  issues: IssueList,
): Params | undefined {
  const domains = new Map(space.parameters.map((parameter) => [parameter.name, parameter.domain]));
  const partial: Record<string, ParameterValue> = {};
  let wrong = false;
  const fail = (at: Path, message: string, part?: 'key') => {
    wrong = true;
    issues.add(at, message, part);
  };
  for (const [name, value] of Object.entries(given)) {
    const at = [...path, name];
    const domain = domains.get(name);
    if (domain === undefined) fail(at, `no such parameter${suggestion(name, domains.keys())}`, 'key');
    else if (!isParameterValue(value)) fail(at, `must be a value of the parameter, got ${showValue(value)}`);
    else {
      const fromText = isNumeric(domain) ? numberFromText(value) : undefined;
      if (fromText !== undefined) issues.warn(at, readAsNumberWarning(String(value), fromText));
      partial[name] = fromText ?? value;
    }
  }
  if (wrong) return undefined;
  const params = space.complete({ ...impliedModel(partial, domains.has('model')), ...partial });
  for (const name of Object.keys(partial)) {
    if (!Object.hasOwn(params, name)) fail([...path, name], 'is not active in this configuration; leave it out', 'key');
  }
  for (const { name, message } of space.problems(params)) {
    if (Object.hasOwn(given, name)) fail([...path, name], message);
    else fail(path, domains.has(name) ? `${name}: ${message}` : `${message}${filledIn(params, partial)}`);
  }
  return wrong ? undefined : params;
}

/** A constraint may be broken by what the user left open. */
function filledIn(params: Params, given: Params): string {
  const names = Object.keys(params).filter((name) => !Object.hasOwn(given, name));
  if (names.length === 0) return '';
  const shown = names.slice(0, 5).map((name) => `${name}: ${JSON.stringify(params[name])}`);
  return `; filled in: ${shown.join(', ')}${names.length > 5 ? ', …' : ''}`;
}

/** The model that the names belong to, where the configuration does not say it. */
function impliedModel(partial: Params, hasModels: boolean): Params {
  if (!hasModels || Object.hasOwn(partial, 'model')) return {};
  const [family, another] = new Set(
    Object.keys(partial)
      .map(familyOf)
      .filter((name) => name !== undefined),
  );
  return family !== undefined && another === undefined ? { model: family } : {};
}
