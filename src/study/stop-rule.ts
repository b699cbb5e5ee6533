import type { StudySettings } from '../journal/study-settings.js';
import type { EndedTrial } from '../trial.js';

/** A stop that the results demand: trials beyond `last` do not count. */
export interface StopDecision {
  readonly reason: 'patience' | 'target';
  readonly last: number;
}

/** Whether a trial is better than the best so far; among equals the lower trial number leads. */
export function leads(trial: EndedTrial, best: EndedTrial | undefined, goal: StudySettings['goal']): boolean {
  if (trial.score === undefined) return false;
  if (best?.score === undefined) return true;
  if (trial.score === best.score) return trial.number < best.number;
  return trial.score > best.score === (goal === 'maximize');
}

/** @param score of the leading trial, where there is one. */
export function reachesTarget(
  score: number | undefined,
  { target, goal }: Pick<StudySettings, 'target' | 'goal'>,
): boolean {
  if (score === undefined || target === undefined) return false;
  return goal === 'maximize' ? score >= target : score <= target;
}

/** Decides on target and patience from the trials in their order, whatever the order in which they ended. */
export class StopRule {
  private readonly settings: StudySettings;
  private prefix = 0;
  private leader: EndedTrial | undefined;
  private stop: StopDecision | undefined;

  constructor(settings: StudySettings) {
    this.settings = settings;
  }

  /** The number of trials at the beginning that have all ended (and, after a decision, count). */
  get endedPrefix(): number {
    return this.prefix;
  }

  /** The best of that prefix. */
  get best(): EndedTrial | undefined {
    return this.leader;
  }

  get decision(): StopDecision | undefined {
    return this.stop;
  }

  /** Takes in what has ended. @param ended the trial of a number, undefined while it runs. */
  advance(ended: (number: number) => EndedTrial | undefined): void {
    while (this.stop === undefined) {
      const trial = ended(this.prefix);
      if (trial === undefined) return;
      this.prefix++;
      if (leads(trial, this.leader, this.settings.goal)) this.leader = trial;
      this.stop = this.decide(trial.number);
    }
  }

  private decide(last: number): StopDecision | undefined {
    const { patience } = this.settings;
    if (reachesTarget(this.leader?.score, this.settings)) return { reason: 'target', last };
    if (patience !== undefined && last - (this.leader?.number ?? -1) >= patience) return { reason: 'patience', last };
    return undefined;
  }
}
