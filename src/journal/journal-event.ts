import type { FoldOutcome, Params } from '../trial.js';
import type { StudySettings } from './study-settings.js';

/** What a study must find unchanged to be continued. */
export interface StudyIdentity {
  /** Raised only when results change. */
  readonly engine: number;
  /** The space file as plain data, overrides applied, defaults not filled in. */
  readonly source: Readonly<Record<string, unknown>>;
  /** Absolute folder that relative paths in the source start from. */
  readonly directory: string;
  readonly dataHash: string;
  readonly planHash: string;
}

/** Why a study is over. */
export type StopReason = 'trials' | 'exhausted' | 'wall' | 'patience' | 'target';

/** One fact. Everything else (history, decisions, leaderboard, resume) is a replay of these. */
export type JournalEvent =
  /** Always the first. */
  | { readonly type: 'study'; readonly identity: StudyIdentity; readonly settings: StudySettings }
  /** A trial was proposed. */
  | { readonly type: 'trial'; readonly trial: number; readonly params: Params }
  /** A fold of a trial (null: of the baseline) ended. */
  | { readonly type: 'fold'; readonly trial: number | null; readonly fold: number; readonly outcome: FoldOutcome }
  /** The winner was refitted on all rows of the search and scored on the holdout. */
  | { readonly type: 'holdout'; readonly trial: number; readonly outcome: FoldOutcome }
  /** The user stopped the study; it can go on. */
  | { readonly type: 'interrupted' }
  /** The study went on in another process. */
  | { readonly type: 'resumed' }
  /** The study goes on with more trials or a longer budget: what it is from here on. */
  | { readonly type: 'extended'; readonly source: StudyIdentity['source']; readonly settings: StudySettings }
  /**
   * The user added a configuration of their own: the next trial is of it, or of the first of several. There is one trial
   * more than the space file says.
   */
  | { readonly type: 'added'; readonly params: Params }
  | { readonly type: 'finished'; readonly reason: StopReason };
