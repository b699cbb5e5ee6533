import type { StudyState } from '../study/study-state.js';
import { type EndedTrial, isFailure } from '../trial.js';
import { createRow, modelOf } from './create-row.js';
import type { Leaderboard, LeaderboardRow } from './leaderboard.js';
import { EMPTY_RANKING, mergeRankings, placeOf, type Ranking, rankingUpTo, rankTrials } from './ranking.js';

export interface BuildOptions {
  /** Whether rows carry `fit_seconds` and `score_seconds`, which differ from run to run. Default true. */
  readonly times?: boolean;
}

/** A leaderboard as it stood at one moment, whatever happens later. Its rows are made as they are read. */
export interface LeaderboardSnapshot {
  readonly head: Omit<Leaderboard, 'rows'>;
  rows(): Generator<LeaderboardRow>;
}

/**
 * Follows a study: a trial that ended never changes, so that each is taken up once, and a look at the leaderboard
 * costs the trials that ended since and a merge of numbers. Holds twelve bytes a trial.
 */
export class LeaderboardBuilder {
  private readonly state: StudyState;
  private readonly times: boolean;
  private ranking: Ranking = EMPTY_RANKING;
  /** Ended without being completed. */
  private readonly unranked: EndedTrial[] = [];
  /** Proposed and not ended, among those looked at. */
  private open: number[] = [];
  private proposed = 0;

  constructor(state: StudyState, options: BuildOptions = {}) {
    this.state = state;
    this.times = options.times ?? true;
  }

  snapshot(): LeaderboardSnapshot {
    this.takeUp();
    const { state, times } = this;
    const { settings, baseline } = state;
    const last = state.decision?.last ?? Number.POSITIVE_INFINITY;
    const ranking = last < this.proposed - 1 ? rankingUpTo(this.ranking, last) : this.ranking;
    const others = this.unrankedUpTo(last);
    const { metrics } = settings;
    const rank = (index: number): LeaderboardRow => {
      const trial = state.ended(ranking.trials[index]!)!;
      const place = { rank: index + 1, trial: trial.number, model: modelOf(trial.params) };
      return createRow(trial, place, metrics, times);
    };
    return {
      head: headOf(state, ranking.trials.length, others),
      *rows() {
        const before =
          baseline?.score === undefined ? ranking.trials.length : placeOf(baseline.score, ranking, settings.goal);
        const baselinePlace = { rank: null, trial: null, model: 'dummy' };
        for (let index = 0; index < before; index++) yield rank(index);
        if (baseline?.score !== undefined) yield createRow(baseline, baselinePlace, metrics, times);
        for (let index = before; index < ranking.trials.length; index++) yield rank(index);
        for (const trial of others) {
          yield createRow(trial, { rank: null, trial: trial.number, model: modelOf(trial.params) }, metrics, times);
        }
        if (baseline !== undefined && baseline.score === undefined) {
          yield createRow(baseline, baselinePlace, metrics, times);
        }
      },
    };
  }

  private takeUp(): void {
    const { state } = this;
    const completed: EndedTrial[] = [];
    const open: number[] = [];
    const look = (number: number): void => {
      const trial = state.ended(number);
      if (trial === undefined) open.push(number);
      else if (trial.state === 'completed') completed.push(trial);
      else this.unranked.push(trial);
    };
    for (const number of this.open) look(number);
    while (this.proposed < state.proposed) look(this.proposed++);
    this.open = open;
    this.ranking = mergeRankings(this.ranking, rankTrials(completed, state.settings.goal), state.settings.goal);
  }

  /** In trial order, with those that the end of the study cancelled. */
  private unrankedUpTo(last: number): readonly EndedTrial[] {
    const others = this.unranked.filter((trial) => trial.number <= last);
    if (this.state.status === 'finished' && this.open.length > 0) {
      const { trials } = this.state;
      for (const number of this.open) {
        const trial = trials[number];
        if (trial !== undefined && trial.state !== 'running') others.push(trial);
      }
    }
    return others.sort((a, b) => a.number - b.number);
  }
}

function headOf(state: StudyState, completed: number, others: readonly EndedTrial[]): LeaderboardSnapshot['head'] {
  const { settings } = state;
  let racedOut = 0;
  let failed = 0;
  let limitsHit = 0;
  for (const { state: ending } of others) {
    if (ending === 'raced-out') racedOut++;
    if (isFailure(ending)) failed++;
    if (ending === 'timed-out' || ending === 'out-of-memory') limitsHit++;
  }
  return {
    version: 1,
    study: settings.name,
    metric: settings.metrics[0]!,
    goal: settings.goal,
    status: state.status,
    stopped: state.stopped ?? null,
    trials: { planned: settings.planned ?? null, completed, 'raced-out': racedOut, failed },
    limits_hit: limitsHit,
    holdout: holdoutOf(state),
  };
}

function holdoutOf(state: StudyState): Leaderboard['holdout'] {
  const { holdoutRows, metrics } = state.settings;
  if (holdoutRows === 0) return null;
  const outcome = state.holdout;
  if (outcome === undefined) return { rows: holdoutRows, score: null };
  if (outcome.state !== 'completed') return { rows: holdoutRows, score: null, reason: outcome.reason };
  return { rows: holdoutRows, score: outcome.scores[metrics[0]!]! };
}
