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

/** `C=10 kernel=rbf`: names without their family where that leaves them distinct; those in `hidden` are left out. */
export function compactParams(
  params: Readonly<Record<string, ParameterValue>>,
  hidden: ReadonlySet<string> = new Set(),
): string {
  const names = Object.keys(params).filter((name) => name !== 'model' && !hidden.has(name));
  const counts = new Map<string, number>();
  for (const name of names) counts.set(shortName(name), (counts.get(shortName(name)) ?? 0) + 1);
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

/** Parameters that have the same value wherever they are active: showing them tells nothing. */
export function constantParameters(leaderboard: Leaderboard): ReadonlySet<string> {
  const seen = new Map<string, { readonly value: string; rows: number; same: boolean }>();
  for (const row of leaderboard.rows) countValues(row, seen);
  return new Set([...seen].filter(([, { rows, same }]) => same && rows > 1).map(([name]) => name));
}

function countValues(row: LeaderboardRow, seen: Map<string, { readonly value: string; rows: number; same: boolean }>) {
  for (const [name, value] of Object.entries(row.params)) {
    const text = JSON.stringify(value);
    const known = seen.get(name);
    if (known === undefined) seen.set(name, { value: text, rows: 1, same: true });
    else {
      known.rows++;
      known.same &&= known.value === text;
    }
  }
}
