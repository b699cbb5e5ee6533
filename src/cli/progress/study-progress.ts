import { compactParams, compactScore } from '../../leaderboard/compact-values.js';
import type { StudyState } from '../../study/study-state.js';
import { isFailure } from '../../trial.js';
import { visibleText } from '../../visible-text.js';
import { readableDuration } from '../readable-duration.js';

/** What a progress display shows, computed when it draws and never per event. */
export interface ProgressSnapshot {
  readonly trialsDone: number;
  /** Undefined when only the space's exhaustion ends the study. */
  readonly trialsPlanned: number | undefined;
  readonly foldsDone: number;
  readonly foldsPlanned: number | undefined;
  readonly failed: number;
  /** Undefined before anything could be measured. */
  readonly leftMs: number | undefined;
  /** `accuracy 0.9733  svm C=10 (trial 17)`, undefined before a trial completed. */
  readonly best: string | undefined;
}

/** Measures a study against the moment it began or was resumed. What all ended at its beginning is counted once. */
export class StudyProgress {
  private readonly state: StudyState;
  private readonly startMs: number;
  private readonly foldsAtStart: number;
  /** Trials below it have ended and are counted. */
  private counted = 0;
  private countedFailures = 0;

  constructor(state: StudyState, nowMs: number) {
    this.state = state;
    this.startMs = nowMs;
    this.foldsAtStart = this.count().foldsDone;
  }

  snapshot(nowMs: number): ProgressSnapshot {
    const { settings } = this.state;
    const counts = this.count();
    const foldsPlanned = settings.planned === undefined ? undefined : settings.planned * settings.foldCount;
    return {
      ...counts,
      trialsPlanned: settings.planned,
      foldsPlanned,
      leftMs: this.leftMs(counts.foldsDone, foldsPlanned, nowMs),
      best: this.best(),
    };
  }

  /** A trial that ended needs no more work on any of its folds. */
  private count(): Pick<ProgressSnapshot, 'trialsDone' | 'foldsDone' | 'failed'> {
    const { state } = this;
    const { foldCount } = state.settings;
    for (; this.counted < state.endedPrefix; this.counted++) {
      if (isFailure(state.ended(this.counted)!.state)) this.countedFailures++;
    }
    let trialsDone = this.counted;
    let failed = this.countedFailures;
    let foldsDone = trialsDone * foldCount;
    const trials = state.decision === undefined ? state.proposed : state.decision.last + 1;
    for (let trial = this.counted; trial < trials; trial++) {
      const ended = state.ended(trial);
      if (ended === undefined) {
        for (let fold = 0; fold < foldCount; fold++) if (!state.needs(trial, fold)) foldsDone++;
      } else {
        trialsDone++;
        foldsDone += foldCount;
        if (isFailure(ended.state)) failed++;
      }
    }
    return { trialsDone, foldsDone, failed };
  }

  private leftMs(foldsDone: number, foldsPlanned: number | undefined, nowMs: number): number | undefined {
    const done = foldsDone - this.foldsAtStart;
    if (foldsPlanned === undefined || done === 0) return undefined;
    return ((nowMs - this.startMs) * (foldsPlanned - foldsDone)) / done;
  }

  private best(): string | undefined {
    const best = this.state.best;
    if (best?.score === undefined) return undefined;
    const score = compactScore(best.score);
    const params = compactParams(best.params);
    const model = visibleText(String(best.params.model ?? ''));
    return `${this.state.settings.metrics[0]} ${score}, trial ${best.number}: ${model} ${params}`.trimEnd();
  }
}

/** `42/120 trials`, or `42 trials` when nobody knows how many there will be. */
export function countText(done: number, planned: number | undefined, noun: string): string {
  return planned === undefined ? `${done} ${noun}` : `${done}/${planned} ${noun}`;
}

/** One plain line. */
export function formatSnapshot(snapshot: ProgressSnapshot): string {
  const parts = [
    countText(snapshot.trialsDone, snapshot.trialsPlanned, 'trials'),
    countText(snapshot.foldsDone, snapshot.foldsPlanned, 'folds'),
  ];
  if (snapshot.failed > 0) parts.push(`${snapshot.failed} failed`);
  if (snapshot.leftMs !== undefined && snapshot.trialsDone !== snapshot.trialsPlanned) {
    parts.push(`${readableDuration(snapshot.leftMs)} left`);
  }
  parts.push(snapshot.best === undefined ? 'no score yet' : `best ${snapshot.best}`);
  return parts.join(' · ');
}
