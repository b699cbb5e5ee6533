import type { StudyState } from '../study/study-state.js';
import type { Leaderboard } from './leaderboard.js';
import { type BuildOptions, LeaderboardBuilder } from './leaderboard-builder.js';

/**
 * Ranks the trials that ended. Completed ones come first, best score first and the lower trial number first among
 * equals; then the rest in trial order. The baseline stands in its place by score, after trials that equal it.
 */
export function buildLeaderboard(state: StudyState, options: BuildOptions = {}): Leaderboard {
  const { head, rows } = new LeaderboardBuilder(state, options).snapshot();
  return { ...head, rows: [...rows()] };
}
