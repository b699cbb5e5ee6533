import type { ParameterValue } from '../trial.js';
import { visibleText } from '../visible-text.js';
import type { Leaderboard, LeaderboardRow } from './leaderboard.js';

/** A number for reading: five significant digits, without trailing zeros. */
export function compactNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(5)));
}

/** A score for reading: four decimals, or five significant digits where there are more before the point. */
export function compactScore(value: number): string {
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude < 1e-3 || magnitude >= 1e7)) return value.toExponential(3);
  return magnitude < 10 ? value.toFixed(4) : value.toFixed(Math.max(0, 4 - Math.floor(Math.log10(magnitude))));
}

/** A row's standard deviation for reading; one that is nothing but rounding is 0. */
export function compactDeviation(row: LeaderboardRow): string | undefined {
  if (row.std === null || row.std === undefined) return undefined;
  return compactScore(row.std < 1e-12 * Math.abs(row.score ?? 0) ? 0 : row.std);
}

export function compactValue(value: ParameterValue): string {
  if (typeof value === 'number') return compactNumber(value);
  return visibleText(typeof value === 'string' ? value : JSON.stringify(value));
}

/** `C=10 kernel=rbf`: names without their family where that leaves them distinct; those of `hidden` are left out. */
export function compactParams(
  params: Readonly<Record<string, ParameterValue>>,
  hidden: Readonly<Record<string, ParameterValue>> = {},
): string {
  const names = Object.keys(params).filter((name) => name !== 'model' && !Object.hasOwn(hidden, name));
  return assignments(params, names, names);
}

/** Parameters that several rows share, as text: names without their family where no other parameter of any row ends alike. */
export function compactConstants(constant: Readonly<Record<string, ParameterValue>>, leaderboard: Leaderboard): string {
  const names = Object.keys(constant).filter((name) => name !== 'model');
  return assignments(constant, names, new Set(leaderboard.rows.flatMap((row) => Object.keys(row.params))));
}

function assignments(
  params: Readonly<Record<string, ParameterValue>>,
  names: readonly string[],
  among: Iterable<string>,
): string {
  const counts = new Map<string, number>();
  for (const name of among) counts.set(shortName(name), (counts.get(shortName(name)) ?? 0) + 1);
  return names
    .map((name) => {
      const shown = counts.get(shortName(name)) === 1 ? shortName(name) : name;
      return `${visibleText(shown)}=${compactValue(params[name]!)}`;
    })
    .join(' ');
}

function shortName(name: string): string {
  return name.slice(name.indexOf('.') + 1);
}

/** Parameters that have the same value wherever they are active, in two rows at least: to compare rows, nobody needs them. */
export function constantParameters(leaderboard: Leaderboard): Readonly<Record<string, ParameterValue>> {
  const seen = new Map<string, { readonly value: ParameterValue; rows: number; same: boolean }>();
  for (const row of leaderboard.rows) {
    for (const [name, value] of Object.entries(row.params)) {
      const known = seen.get(name);
      if (known === undefined) seen.set(name, { value, rows: 1, same: true });
      else {
        known.rows++;
        known.same &&= JSON.stringify(known.value) === JSON.stringify(value);
      }
    }
  }
  const constant = [...seen].filter(([, { rows, same }]) => same && rows > 1);
  return Object.fromEntries(constant.map(([name, { value }]) => [name, value]));
}
