import type { Issue } from '../errors.js';
import { suggestName } from '../nearest-name.js';
import type { Constraint } from './constraint.js';
import { type Expression, expressionNames } from './expression-syntax.js';
import type { Parameter } from './parameter.js';
import { SpaceError } from './space-error.js';

/** Far beyond what a search can explore; keeps recursion over parameters bounded. */
const MAX_PARAMETERS = 2_000;

/** @throws SpaceError naming every name that stands twice, is reserved, or is read and does not exist. */
export function checkNames(parameters: readonly Parameter[], constraints: readonly Constraint[]): void {
  if (parameters.length > MAX_PARAMETERS) {
    const message = `a space has at most ${MAX_PARAMETERS} parameters, got ${parameters.length}`;
    throw new SpaceError([{ path: '', message }]);
  }
  const issues: Issue[] = [];
  const known = new Set<string>();
  for (const { name } of parameters) {
    if (known.has(name)) issues.push({ path: name, message: `the parameter ${name} stands twice; rename one of them` });
    if (name === '__proto__') issues.push({ path: name, message: `${name} cannot be a parameter's name; rename it` });
    known.add(name);
  }
  const checkReads = (path: string, place: string, expression: Expression) => {
    for (const name of expressionNames(expression)) {
      if (known.has(name)) continue;
      const message = `${place} reads ${name}, which is no parameter${suggestName(name, [...known])}`;
      issues.push({ path, message });
    }
  };
  for (const { name, when } of parameters) if (when !== undefined) checkReads(name, `\`when\` of ${name}`, when);
  for (const { text, expression } of constraints) checkReads('', `the constraint \`${text}\``, expression);
  if (issues.length > 0) throw new SpaceError(issues);
}
