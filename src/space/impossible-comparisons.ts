import { suggestName } from '../nearest-name.js';
import type { ParameterValue } from '../trial.js';
import { describeDomain, domainContains, numberRange } from './domain-values.js';
import { formatExpression, formatLiteral } from './expression-format.js';
import type { ComparisonOperator, Expression } from './expression-syntax.js';
import { childExpressions } from './expression-syntax.js';
import type { Domain } from './parameter.js';

/** The operator that says the same with its sides exchanged. */
const MIRRORED = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==', '!=': '!=' } as const;

/**
 * What an expression asks of a parameter that its domain rules out: a value or a bound that it can never have, or an
 * ordering of values that are no numbers. An ordering that always holds is only a bound that is wide. Such a comparison is a slip of the pen, as it is decided before any trial.
 * @param domainOf the domain of a parameter; undefined for an unknown name, which is not judged here.
 * @returns one message each, e.g. "`kernel == 'ploy'` can never hold: kernel is one of linear, poly (did you mean 'poly'?)".
 */
export function impossibleComparisons(
  expression: Expression,
  domainOf: (name: string) => Domain | undefined,
): readonly string[] {
  return [
    ...judge(expression, domainOf),
    ...childExpressions(expression).flatMap((child) => impossibleComparisons(child, domainOf)),
  ];
}

function judge(expression: Expression, domainOf: (name: string) => Domain | undefined): readonly string[] {
  if (expression.kind === 'in') {
    const { operand, items } = expression;
    if (operand.kind !== 'name') return [];
    const domain = domainOf(operand.name);
    const text = formatExpression(expression);
    if (domain === undefined) return [];
    return items.flatMap((item) =>
      item.kind !== 'literal' || domainContains(domain, item.value)
        ? []
        : [`${formatLiteral(item.value)} in \`${text}\` can never be: ${rule(operand.name, domain, item.value)}`],
    );
  }
  if (expression.kind !== 'compare') return [];
  return [
    ...judgeComparison(expression, expression.left, expression.right, domainOf),
    ...judgeComparison(expression, expression.right, expression.left, domainOf),
  ];
}

function judgeComparison(
  comparison: Extract<Expression, { kind: 'compare' }>,
  side: Expression,
  other: Expression,
  domainOf: (name: string) => Domain | undefined,
): readonly string[] {
  if (side.kind !== 'name') return [];
  const domain = domainOf(side.name);
  if (domain === undefined) return [];
  const text = formatExpression(comparison);
  if (comparison.operator !== '==' && comparison.operator !== '!=') {
    const range = numberRange(domain);
    if (range === undefined) {
      return [`\`${text}\` can never hold: ${side.name} has no numbers, it is ${describeDomain(domain)}`];
    }
    if (other.kind !== 'literal' || typeof other.value !== 'number') return [];
    const operator = side === comparison.left ? comparison.operator : MIRRORED[comparison.operator];
    if (canHold(operator, range, other.value)) return [];
    return [`\`${text}\` can never hold: ${rule(side.name, domain, other.value)}`];
  }
  if (other.kind !== 'literal' || domainContains(domain, other.value)) return [];
  const verdict = comparison.operator === '==' ? 'can never hold' : 'always holds';
  return [`\`${text}\` ${verdict}: ${rule(side.name, domain, other.value)}`];
}

function rule(name: string, domain: Domain, value: ParameterValue): string {
  return `${name} is ${describeDomain(domain)}${suggestion(domain, value)}`;
}

function suggestion(domain: Domain, value: ParameterValue): string {
  if (domain.kind !== 'categorical' || typeof value !== 'string') return '';
  const same = domain.values.find((candidate) => candidate !== value && String(candidate) === value);
  if (same !== undefined) return `; without quotes it is the value ${formatLiteral(same)}`;
  return suggestName(
    value,
    domain.values.filter((candidate) => typeof candidate === 'string'),
  );
}

/** Whether an ordering holds for any number from the least to the greatest. */
function canHold(
  operator: ComparisonOperator,
  { least, greatest }: { readonly least: number; readonly greatest: number },
  bound: number,
): boolean {
  switch (operator) {
    case '<':
      return least < bound;
    case '<=':
      return least <= bound;
    case '>':
      return greatest > bound;
    case '>=':
      return greatest >= bound;
    default:
      return true;
  }
}
