import { relative } from 'node:path';
import { compactDeviation, compactParams, compactScore } from '../leaderboard/compact-values.js';
import type { Leaderboard } from '../leaderboard/leaderboard.js';
import { visibleText } from '../visible-text.js';

/** How many rows the table at the end of a study shows. */
export const ROWS_SHOWN = 10;

/** What stands below the table: the winner with all its parameters, holdout, counts, and where the files are. */
export function formatOutcome(leaderboard: Leaderboard, folder: string): string {
  const { trials, metric, rows, holdout } = leaderboard;
  const lines: string[] = [];
  const more = rows.filter((row) => row.trial !== null).length - ROWS_SHOWN;
  const run = shownPath(folder);
  if (more > 0) lines.push(`… and ${more} more: cml leaderboard ${run}`);
  lines.push('');
  const winner = rows.find((row) => row.rank === 1);
  if (winner !== undefined) {
    const deviation = compactDeviation(winner);
    const score = `${visibleText(metric)} ${compactScore(winner.score!)}${deviation === undefined ? '' : ` ± ${deviation}`}`;
    lines.push(`winner   trial ${winner.trial}: ${score}`);
    lines.push(`         ${`${visibleText(winner.model ?? '')} ${compactParams(winner.params)}`.trim()}`);
  }
  if (holdout !== null && winner !== undefined) {
    const result = holdout.score === null ? (holdout.reason ?? 'not scored') : compactScore(holdout.score);
    lines.push(`holdout  ${visibleText(result)} on ${holdout.rows} rows that the search never saw`);
  }
  const planned = trials.planned === null ? '' : ` of ${trials.planned}`;
  const failed = trials.failed === 0 ? '' : `, ${trials.failed} failed`;
  lines.push(`trials   ${trials.completed}${planned} completed${failed}${stopText(leaderboard.stopped)}`);
  lines.push(`files    ${run}/leaderboard.csv, leaderboard.json`);
  return lines.join('\n');
}

/** Relative where that is shorter to type. */
export function shownPath(path: string): string {
  const shown = relative(process.cwd(), path);
  return shown === '' ? '.' : shown.startsWith('..') ? path : shown;
}

const STOPS: Readonly<Record<NonNullable<Leaderboard['stopped']>, string>> = {
  trials: '',
  exhausted: '; every configuration was tried',
  wall: '; budget.wall is used up',
  patience: '; no improvement for budget.patience trials',
  target: '; objective.target is reached',
  interrupted: '; interrupted',
};

function stopText(stopped: Leaderboard['stopped']): string {
  return stopped === null ? '' : STOPS[stopped];
}
