import type { Executor } from '../executors/executor.js';
import type { JournalStore } from '../journal/journal-store.js';
import type { StudySettings } from '../journal/study-settings.js';
import { createPruner } from '../pruners/index.js';
import type { Spec } from '../spec/spec.js';
import { PruningJudge } from '../study/pruning-judge.js';
import type { Reporter } from '../study/reporter.js';
import { Reporters } from '../study/reporters.js';
import { runStudy } from '../study/study-loop.js';
import type { StudyParts } from '../study/study-parts.js';
import type { StudyState } from '../study/study-state.js';
import type { TaskFactory } from '../study/task-factory.js';
import type { StudySearch } from './create-search.js';

/** A study that needs only workers and a journal: of a space file, or of an objective in code. */
export interface RunnableStudy extends StudySearch {
  readonly spec: Pick<Spec, 'space' | 'search' | 'budget'> & Partial<Pick<Spec, 'baseline'>>;
  readonly settings: StudySettings;
  readonly tasks: TaskFactory;
}

/** Where a study is written down. */
export interface StudyRecord {
  /** Everything the journal holds is already applied. */
  readonly state: StudyState;
  readonly journal: JournalStore;
  /** Milliseconds it has been running before. */
  readonly spentMs: number;
}

/** Who evaluates the trials. */
export interface Workforce {
  readonly executor: Executor;
  readonly resources?: StudyParts['resources'];
}

/** Who hears of a study while it runs, and may stop it. */
export interface StudyListeners {
  readonly reporters?: readonly Reporter[];
  /** Aborting it stops the study cleanly; it can be resumed. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a study on a record of it, from where that ends to the end of the study.
 * @throws what breaks the study as a whole.
 */
export async function runRecorded(
  study: RunnableStudy,
  { state, journal, spentMs }: StudyRecord,
  workforce: Workforce,
  listeners: StudyListeners,
): Promise<void> {
  const { spec, settings, sampler, tasks } = study;
  const { pruning, lag, trials } = spec.search;
  const { wallMs, trialMs, foldMs } = spec.budget;
  await runStudy({
    ...workforce,
    state,
    space: spec.space,
    sampler,
    lag: readsResults(study) ? lag : undefined,
    judge: pruning && new PruningJudge(createPruner(pruning, settings.goal), state, lag),
    trials,
    tasks,
    journal,
    baseline: spec.baseline ?? false,
    limits: { trialMs, foldMs },
    wallMs: wallMs === undefined ? undefined : wallMs - spentMs,
    reporters: new Reporters(listeners.reporters ?? []),
    signal: listeners.signal ?? new AbortController().signal,
  });
}

/** Says so where proposals wait for results so long that some workers have nothing to do. */
export function noteIdleWorkers(
  study: RunnableStudy,
  workers: number,
  onNote: ((text: string) => void) | undefined,
): void {
  const { lag } = study.spec.search;
  const { foldCount } = study.settings;
  if (!readsResults(study) || workers <= lag * foldCount) return;
  const needed = Math.ceil(workers / foldCount);
  onNote?.(`${workers} workers are more than search.lag ${lag} keeps busy: that needs lag ${needed}`);
}

/** Whether a trial reads results of earlier ones. */
function readsResults({ adaptive, spec }: RunnableStudy): boolean {
  return adaptive || spec.search.pruning !== undefined;
}
