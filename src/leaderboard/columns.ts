import { UsageError } from '../errors.js';
import type { StudySettings } from '../journal/study-settings.js';
import { nearestName } from '../nearest-name.js';
import { shortName } from '../parameter-name.js';
import type { ParameterValue } from '../trial.js';
import { compactParams } from './compact-values.js';
import type { LeaderboardRow } from './leaderboard.js';

/** What determines the columns of a study's leaderboard, so that they are the same from the first write to the last. */
export type LeaderboardLayout = Pick<StudySettings, 'metrics' | 'foldCount' | 'parameters'>;

/** Undefined is an empty cell: an inactive parameter, a fold that did not run, the rank of an unranked row. */
export type Cell = ParameterValue | undefined;

export interface LeaderboardColumn {
  readonly name: string;
  /** Whether its numbers are scores: shown alike, one below the other. */
  readonly scores?: boolean;
  cell(row: LeaderboardRow): Cell;
}

/**
 * All columns in the promised order: rank, trial, model, state, score, std, fold_1 … fold_n, the metrics beside the
 * objective, the parameters in the space's order, fit_seconds, score_seconds (unless `times` is false), reason.
 */
function leaderboardColumns(layout: LeaderboardLayout, times = true): readonly LeaderboardColumn[] {
  const columns: LeaderboardColumn[] = [
    { name: 'rank', cell: (row) => row.rank ?? undefined },
    { name: 'trial', cell: (row) => row.trial ?? undefined },
    { name: 'model', cell: (row) => row.model ?? undefined },
    { name: 'state', cell: (row) => row.state },
    { name: 'score', scores: true, cell: (row) => row.score ?? undefined },
    { name: 'std', scores: true, cell: (row) => row.std ?? undefined },
  ];
  for (let fold = 0; fold < layout.foldCount; fold++) {
    columns.push({ name: `fold_${fold + 1}`, scores: true, cell: (row) => row.folds[fold] });
  }
  for (const name of layout.metrics.slice(1)) columns.push({ name, scores: true, cell: (row) => row.metrics?.[name] });
  for (const name of layout.parameters) columns.push({ name, cell: (row) => row.params[name] });
  if (times) {
    columns.push({ name: 'fit_seconds', cell: (row) => row.fit_seconds });
    columns.push({ name: 'score_seconds', cell: (row) => row.score_seconds });
  }
  columns.push({ name: 'reason', cell: (row) => row.reason });
  return columns;
}

/**
 * The named columns, in the order named. `params` stands for all parameters, a column each.
 * @throws UsageError naming one that does not exist.
 */
export function selectColumns(
  layout: LeaderboardLayout,
  names: readonly string[] | undefined,
  times = true,
): readonly LeaderboardColumn[] {
  const columns = leaderboardColumns(layout, times);
  if (names === undefined) return columns;
  return names.flatMap((name) =>
    name === PARAMS_AS_TEXT.name
      ? columns.filter((column) => layout.parameters.includes(column.name))
      : [findColumn(columns, name, '--columns')],
  );
}

/** The same for people: `params` is one column of text. */
export function selectReadableColumns(
  layout: LeaderboardLayout,
  names: readonly string[],
  times = true,
): readonly LeaderboardColumn[] {
  return names.flatMap((name) =>
    name === PARAMS_AS_TEXT.name ? [PARAMS_AS_TEXT] : selectColumns(layout, [name], times),
  );
}

/** A row's parameters as `C=10 kernel=rbf`. */
const PARAMS_AS_TEXT: LeaderboardColumn = { name: 'params', cell: (row) => compactParams(row.params) };

/** @throws UsageError when there is none of that name. */
export function sortColumn(layout: LeaderboardLayout, name: string): LeaderboardColumn {
  return findColumn(leaderboardColumns(layout), name, '--sort');
}

function findColumn(columns: readonly LeaderboardColumn[], name: string, flag: string): LeaderboardColumn {
  const column = columns.find((candidate) => candidate.name === name);
  if (column !== undefined) return column;
  const names = columns.map((candidate) => candidate.name);
  // What stands behind the name of its model names a parameter, too.
  const meant = names.filter((candidate) => shortName(candidate) === name);
  const nearest = nearestName(name, names);
  if (meant.length === 0 && nearest !== undefined) meant.push(nearest);
  const suggested = meant.length === 0 ? '' : ` (did you mean ${meant.map((known) => `'${known}'`).join(' or ')}?)`;
  throw new UsageError(
    `${flag}: the leaderboard has no column ${JSON.stringify(name)}${suggested}`,
    meant.length > 0 ? {} : { hint: `columns are ${[...names, 'params'].join(', ')}` },
  );
}
