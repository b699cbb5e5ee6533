import { UsageError } from '../errors.js';
import type { StudySettings } from '../journal/study-settings.js';
import type { ParameterValue } from '../trial.js';
import type { LeaderboardRow } from './leaderboard.js';

/** What determines the columns of a study's leaderboard, so that they are the same from the first write to the last. */
export type LeaderboardLayout = Pick<StudySettings, 'metrics' | 'foldCount' | 'parameters'>;

/** Undefined is an empty cell: an inactive parameter, a fold that did not run, the rank of an unranked row. */
export type Cell = ParameterValue | undefined;

export interface LeaderboardColumn {
  readonly name: string;
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
    { name: 'score', cell: (row) => row.score ?? undefined },
    { name: 'std', cell: (row) => row.std ?? undefined },
  ];
  for (let fold = 0; fold < layout.foldCount; fold++) {
    columns.push({ name: `fold_${fold + 1}`, cell: (row) => row.folds[fold] });
  }
  for (const name of layout.metrics.slice(1)) columns.push({ name, cell: (row) => row.metrics?.[name] });
  for (const name of layout.parameters) columns.push({ name, cell: (row) => row.params[name] });
  if (times) {
    columns.push({ name: 'fit_seconds', cell: (row) => row.fit_seconds });
    columns.push({ name: 'score_seconds', cell: (row) => row.score_seconds });
  }
  columns.push({ name: 'reason', cell: (row) => row.reason });
  return columns;
}

/**
 * The named columns, in the order named. `params` stands for all parameters.
 * @throws UsageError naming the unknown ones and those that exist.
 */
export function selectColumns(
  layout: LeaderboardLayout,
  names: readonly string[] | undefined,
  times = true,
): readonly LeaderboardColumn[] {
  const columns = leaderboardColumns(layout, times);
  if (names === undefined) return columns;
  return names.flatMap((name) => {
    if (name === 'params') return columns.filter((column) => layout.parameters.includes(column.name));
    const column = columns.find((candidate) => candidate.name === name);
    if (column !== undefined) return [column];
    throw new UsageError(`columns: the leaderboard has no column ${JSON.stringify(name)}`, {
      hint: `columns are ${columns.map((candidate) => candidate.name).join(', ')}`,
    });
  });
}
