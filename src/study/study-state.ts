import type { JournalEvent, StopReason } from '../journal/journal-event.js';
import type { StudySettings } from '../journal/study-settings.js';
import type { CompletedFold, EndedTrial, FoldOutcome, LearningCurve, Params } from '../trial.js';
import { leads, type StopDecision, StopRule } from './stop-rule.js';

/** A trial as the leaderboard sees it; `running` until it ended. */
export type TrialView =
  | EndedTrial
  | {
      readonly number: number;
      readonly params: Params;
      readonly state: 'running';
      readonly score: undefined;
      readonly reason: undefined;
      readonly folds: readonly CompletedFold[];
    };

interface TrialRecord {
  readonly params: Params;
  outcomes: (FoldOutcome | undefined)[];
  /** By fold, where there are any. */
  curves?: LearningCurve[];
  ended: EndedTrial | undefined;
}

/**
 * The state of a study: a replay of its journal, and nothing else. Every decision reads trials in their order, never
 * the order in which they ended.
 */
export class StudyState {
  /** As the space file has them: added trials are not counted. */
  private ownSettings: StudySettings;
  private currentSettings: StudySettings;
  /** Configurations that the user added, in order; the first `addedTaken` of them are trials. */
  private readonly addedParams: Params[] = [];
  private addedTaken = 0;
  private readonly records: TrialRecord[] = [];
  private readonly baselineRecord: TrialRecord = { params: {}, outcomes: [], ended: undefined };
  private holdoutScored: { readonly trial: number; readonly outcome: FoldOutcome } | undefined;
  private bestTrial: EndedTrial | undefined;
  private interrupted = false;
  private finishReason: StopReason | undefined;
  private foldOutcomes = 0;
  private stopRule: StopRule;

  constructor(settings: StudySettings) {
    this.ownSettings = settings;
    this.currentSettings = settings;
    this.stopRule = new StopRule(settings);
  }

  get settings(): StudySettings {
    return this.currentSettings;
  }

  apply(event: JournalEvent): void {
    switch (event.type) {
      case 'study':
        break;
      case 'trial':
        this.records.push({ params: event.params, outcomes: new Array(this.settings.foldCount), ended: undefined });
        // What was added goes before all else, so that the next trial is always of it.
        if (this.addedTaken < this.addedParams.length) this.addedTaken++;
        break;
      case 'added':
        this.addedParams.push(event.params);
        this.currentSettings = this.withAdded(this.ownSettings);
        if (this.finishReason !== undefined) this.interrupted = true;
        this.finishReason = undefined;
        break;
      case 'fold':
        this.applyFold(event.trial, event.fold, event.outcome);
        break;
      case 'holdout':
        this.holdoutScored = event;
        break;
      case 'interrupted':
        this.interrupted = true;
        break;
      case 'resumed':
        this.interrupted = false;
        this.finishReason = undefined;
        break;
      case 'extended':
        this.extend(event.settings);
        break;
      case 'finished':
        this.interrupted = false;
        this.finishReason = event.reason;
        break;
    }
  }

  /** Decides anew, as if the study had been of these settings from the beginning. */
  private extend(settings: StudySettings): void {
    this.ownSettings = settings;
    this.currentSettings = this.withAdded(settings);
    this.interrupted = false;
    this.finishReason = undefined;
    this.stopRule = new StopRule(settings);
    this.stopRule.advance((trial) => this.records[trial]?.ended);
    this.bestTrial = this.stopRule.best;
    if (this.decision !== undefined) return;
    for (const { ended } of this.records) {
      if (ended !== undefined && leads(ended, this.bestTrial, settings.goal)) this.bestTrial = ended;
    }
  }

  /** Each configuration that was added is one trial more. */
  private withAdded(settings: StudySettings): StudySettings {
    const { planned } = settings;
    return planned === undefined ? settings : { ...settings, planned: planned + this.addedParams.length };
  }

  private applyFold(number: number | null, fold: number, outcome: FoldOutcome): void {
    const record = number === null ? this.baselineRecord : this.records[number]!;
    if (record.ended !== undefined || record.outcomes[fold] !== undefined) return;
    record.outcomes[fold] = outcome;
    if (outcome.curve !== undefined) {
      record.curves ??= [];
      record.curves[fold] = outcome.curve;
    }
    this.foldOutcomes++;
    record.ended = this.endOf(number ?? -1, record);
    if (record.ended === undefined) return;
    record.outcomes = [];
    if (number === null) return;
    if (this.decision === undefined && leads(record.ended, this.bestTrial, this.settings.goal)) {
      this.bestTrial = record.ended;
    }
    this.stopRule.advance((trial) => this.records[trial]?.ended);
    if (this.decision !== undefined) this.bestTrial = this.stopRule.best;
  }

  /** A trial has ended when all folds up to the first that did not complete are known. */
  private endOf(number: number, record: TrialRecord): EndedTrial | undefined {
    const folds: CompletedFold[] = [];
    for (let fold = 0; fold < this.settings.foldCount; fold++) {
      const outcome = record.outcomes[fold];
      if (outcome === undefined) return undefined;
      if (outcome.state !== 'completed') {
        const { state, reason } = outcome;
        return { number, params: record.params, state, score: undefined, reason, folds };
      }
      folds.push(outcome);
    }
    const metric = this.settings.metrics[0]!;
    let sum = 0;
    for (const fold of folds) sum += fold.scores[metric]!;
    const score = sum / folds.length;
    return { number, params: record.params, state: 'completed', score, reason: undefined, folds };
  }

  /** How many trials were proposed. */
  get proposed(): number {
    return this.records.length;
  }

  /** Configurations that the user added and that are no trials yet; they are proposed before all else. */
  get added(): readonly Params[] {
    return this.addedParams.slice(this.addedTaken);
  }

  /** How many of the trials proposed were added by the user, and not by the sampler. */
  get addedTrials(): number {
    return this.addedTaken;
  }

  /** The number of trials at the beginning that have all ended. */
  get endedPrefix(): number {
    return this.stopRule.endedPrefix;
  }

  /** The stop that the results demand: trials beyond its last do not count. */
  get decision(): StopDecision | undefined {
    return this.stopRule.decision;
  }

  /** What a fold reported while it ran; undefined when nothing, or it runs. */
  curve(trial: number, fold: number): LearningCurve | undefined {
    return this.records[trial]!.curves?.[fold];
  }

  params(trial: number): Params {
    return this.records[trial]!.params;
  }

  /** @returns undefined while it runs. */
  ended(trial: number | null): EndedTrial | undefined {
    return trial === null ? this.baselineRecord.ended : this.records[trial]!.ended;
  }

  /** Whether the outcome of this fold (trial null: of the baseline) is not known and still matters. */
  needs(trial: number | null, fold: number): boolean {
    const record = trial === null ? this.baselineRecord : this.records[trial]!;
    if (record.ended !== undefined || record.outcomes[fold] !== undefined) return false;
    for (let before = 0; before < fold; before++) {
      const outcome = record.outcomes[before];
      if (outcome !== undefined && outcome.state !== 'completed') return false;
    }
    return true;
  }

  /** Seconds the known folds of a running trial took. */
  spentSeconds(trial: number): number {
    let seconds = 0;
    for (const outcome of this.records[trial]!.outcomes) {
      if (outcome?.state === 'completed') seconds += outcome.fitSeconds + outcome.scoreSeconds;
    }
    return seconds;
  }

  /** By trial number; trials past a stop by patience or target are left out. */
  get trials(): readonly TrialView[] {
    const count = this.decision === undefined ? this.records.length : this.decision.last + 1;
    const views: TrialView[] = [];
    for (let number = 0; number < count; number++) views.push(this.view(number));
    return views;
  }

  private view(number: number): TrialView {
    const { ended, params } = this.records[number]!;
    if (ended !== undefined) return ended;
    const open = { number, params, score: undefined, folds: [] };
    if (this.finishReason === undefined) return { ...open, state: 'running', reason: undefined };
    const reason = `not ended when the study stopped (${this.finishReason})`;
    return { ...open, state: 'cancelled', reason };
  }

  get baseline(): EndedTrial | undefined {
    return this.baselineRecord.ended;
  }

  /** What the leading trial reached on the holdout, once that is known. */
  get holdout(): FoldOutcome | undefined {
    return this.holdoutScored?.trial === this.bestTrial?.number ? this.holdoutScored?.outcome : undefined;
  }

  /** The leading trial so far. */
  get best(): EndedTrial | undefined {
    return this.bestTrial;
  }

  get status(): 'running' | 'finished' | 'interrupted' {
    if (this.finishReason !== undefined) return 'finished';
    return this.interrupted ? 'interrupted' : 'running';
  }

  get stopped(): StopReason | 'interrupted' | undefined {
    return this.finishReason ?? (this.interrupted ? 'interrupted' : undefined);
  }

  /** Fold outcomes known, those of the baseline included. */
  get foldsDone(): number {
    return this.foldOutcomes;
  }
}
