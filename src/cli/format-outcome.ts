import { compactDeviation, compactParams, compactScore } from '../leaderboard/compact-values.js';
import type { Leaderboard } from '../leaderboard/leaderboard.js';
import { visibleText } from '../visible-text.js';
import { wrapBeside } from '../wrap-text.js';
import { counted } from './counted.js';
import { runWord, shownPath } from './shown-path.js';

/** How many rows the table at the end of a study shows. */
export const ROWS_SHOWN = 10;

/**
 * What stands below the table: the winner with all its parameters, the holdout, counts, and where the files are.
 * @param options.width characters a line may have. @param options.shown how many trials the table has; default: all.
 */
export function formatOutcome(
  leaderboard: Leaderboard,
  folder: string,
  { width, shown = Number.POSITIVE_INFINITY }: { readonly width: number; readonly shown?: number },
): string {
  const { rows, status } = leaderboard;
  const lines: string[] = [];
  const more = rows.filter((row) => row.trial !== null).length - shown;
  if (more > 0) lines.push(`… and ${more} more: cml leaderboard ${runWord(folder)}`);
  lines.push('');
  const add = (label: string, text: string) => lines.push(...wrapBeside(label.padEnd(9), text, width));
  const winner = rows.find((row) => row.rank === 1);
  if (winner !== undefined) {
    const deviation = compactDeviation(winner);
    const score = `${scoreText(leaderboard.metric, winner.score!)}${deviation === undefined ? '' : ` ± ${deviation}`}`;
    add(status === 'finished' ? 'winner' : 'best', `trial ${winner.trial}: ${score}`);
    add('', `${visibleText(winner.model ?? '')} ${compactParams(winner.params)}`.trim());
    const others = Object.entries(winner.metrics ?? {});
    if (others.length > 0) add('also', others.map(([name, value]) => scoreText(name, value)).join(', '));
    if (leaderboard.holdout !== null) add('holdout', holdoutText(leaderboard.holdout));
  }
  add('trials', trialsText(leaderboard));
  add('files', `${shownPath(folder)}/leaderboard.csv, leaderboard.json`);
  return lines.join('\n');
}

/** For a run that is not finished, the last line; a journal cannot tell one that goes on from one that was killed. */
export function formatStatus({ status }: Leaderboard, folder: string): string | undefined {
  if (status === 'finished') return undefined;
  const what = status === 'interrupted' ? 'interrupted' : 'running, or killed';
  return `status   ${what}; to continue it: cml resume ${runWord(folder)}`;
}

function scoreText(metric: string, score: number): string {
  return `${visibleText(metric)} ${compactScore(score)}`;
}

function holdoutText({ rows, score, reason }: NonNullable<Leaderboard['holdout']>): string {
  const unseen = `${counted(rows, 'row')} that the search never saw`;
  if (score !== null) return `${compactScore(score)} on ${unseen}`;
  return reason === undefined
    ? `not scored yet, on ${unseen}`
    : `the winner could not be scored on ${unseen}: ${visibleText(reason)}`;
}

function trialsText({ trials, limits_hit, stopped }: Leaderboard): string {
  const { planned, completed, failed, 'raced-out': racedOut } = trials;
  const limits = limits_hit === 0 ? '' : ` (${limits_hit} by a limit)`;
  const failures = failed === 0 ? '' : `, ${failed} failed${limits}`;
  const given = racedOut === 0 ? '' : `, ${racedOut} given up`;
  return `${completed}${planned === null ? '' : ` of ${planned}`} completed${given}${failures}${stopText(stopped)}`;
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
