import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { StorageError, UsageError } from '../errors.js';
import { createExecutor, type Isolation, processReason } from '../executors/create-executor.js';
import { chooseWorkerCount } from '../executors/worker-count.js';
import type { FileJournal } from '../journal/file-journal.js';
import { createPruner } from '../pruners/index.js';
import { shellWord } from '../shell-word.js';
import { specFromObject } from '../spec/load-spec.js';
import type { Spec } from '../spec/spec.js';
import { PruningJudge } from '../study/pruning-judge.js';
import type { Reporter } from '../study/reporter.js';
import { Reporters } from '../study/reporters.js';
import { runStudy } from '../study/study-loop.js';
import type { StudyParts } from '../study/study-parts.js';
import type { StudyState } from '../study/study-state.js';
import { type ContinuedSpec, continuationProblems } from './continuation.js';
import { LeaderboardWriter } from './leaderboard-writer.js';
import { isInCode, noteTornEnd, openRun, requireSameStudy } from './open-run.js';
import { type PreparedStudy, prepareStudy } from './prepare-study.js';
import { readRun, readStoredRun, type StoredRun } from './read-run.js';
import { holdsRun, LockedFolder, RUNS_FOLDER } from './run-folder.js';
import { studyResources } from './study-resources.js';

export interface ResumeOptions {
  /** Where folds are trained; undefined: in threads, or in processes where a model or a limit needs them. */
  readonly isolation?: Isolation;
  /** Names of the GPUs that tasks may use; undefined: all that the machine has. */
  readonly gpus?: readonly string[];
  /** Workers; 0: this process itself; undefined: as many as suit the machine and the study. */
  readonly workers?: number;
  readonly reporters?: readonly Reporter[];
  /** Aborting it stops the study cleanly; it can be resumed. */
  readonly signal?: AbortSignal;
  /** Whether the leaderboard files hold times; default true. */
  readonly times?: boolean;
  /** Receives what a user should know and need not act on. */
  readonly onNote?: (text: string) => void;
}

export interface TuneOptions extends ResumeOptions {
  /** The run folder; default: runs/<name of the study>. */
  readonly out?: string;
  /** Start anew where the folder holds a run; the old folder is kept under another name. */
  readonly force?: boolean;
}

export interface RunResult {
  readonly state: StudyState;
  readonly folder: string;
  /** Nothing was left to do. */
  readonly alreadyFinished: boolean;
}

/**
 * Runs the study of a space file to its end, in its run folder; continues the run that is there if it is of the same
 * space file, or of one with fewer trials or a shorter budget.
 * @throws CmlError
 */
export async function tune(spec: Spec, options: TuneOptions = {}): Promise<RunResult> {
  if (options.out === '') throw new UsageError('the run folder must have a name', { hint: 'Give one with --out.' });
  const path = resolve(options.out ?? `${RUNS_FOLDER}/${spec.name}`);
  const force = options.force === true;
  const before = !force && holdsRun(path) ? await readStoredRun(path) : undefined;
  if (before !== undefined) requireContinuable(before, spec, specOf(before));
  const study = await prepareStudy(spec);
  if (before !== undefined && isFinished(before, spec)) {
    // Only read, which needs neither a lock nor the right to write.
    requireSameStudy(before, study);
    noteTornEnd(before, options.onNote);
    return { state: before.state, folder: path, alreadyFinished: true };
  }
  const folder = await LockedFolder.open(path);
  try {
    if (force && holdsRun(path)) options.onNote?.(`the run that was there is kept as ${await folder.setAside()}`);
    const stored = holdsRun(path) ? await readStoredRun(path) : undefined;
    if (stored !== undefined) requireContinuable(stored, spec, specOf(stored));
    return await run(study, folder, stored, options);
  } finally {
    folder.close();
  }
}

/**
 * Continues a run.
 * @param name its folder, or its name under runs/.
 * @throws CmlError
 */
export async function resume(name: string, options: ResumeOptions = {}): Promise<RunResult> {
  const stored = await readRun(name);
  const { folder: path, identity, state } = stored;
  if (state.status === 'finished') {
    noteTornEnd(stored, options.onNote);
    return { state, folder: path, alreadyFinished: true };
  }
  const { source, directory } = identity;
  if (isInCode(identity)) {
    throw new StorageError(`the objective of this run is code, which its journal does not hold (${path})`, {
      hint: `Continue it with the program that began it: \`tune(spec, {objective, out: ${JSON.stringify(path)}})\`.`,
    });
  }
  if (!existsSync(directory)) {
    throw new StorageError(`the folder of the space file is gone (${directory})`, {
      hint: `If it was moved, continue with \`cml tune <space file> --out ${shellWord(path)}\`.`,
    });
  }
  const study = await prepareStudy(specFromObject(source, { directory, name: state.settings.name }).spec);
  const folder = await LockedFolder.open(path);
  try {
    return await run(study, folder, await readStoredRun(path), options);
  } finally {
    folder.close();
  }
}

/** @param stored what the folder holds, read under its lock. */
async function run(
  study: PreparedStudy,
  folder: LockedFolder,
  stored: StoredRun | undefined,
  options: ResumeOptions,
): Promise<RunResult> {
  if (stored !== undefined && isFinished(stored, study.spec)) {
    return { state: stored.state, folder: folder.path, alreadyFinished: true };
  }
  for (const note of study.notes) options.onNote?.(note);
  const workers = workersFor(study, options);
  const resources = studyResources(study.spec.models, workers, options.gpus);
  const { state, journal } = await openRun(folder, stored, study, options.onNote);
  try {
    const executor = createExecutor({
      work: study.work,
      workers,
      isolation: options.isolation,
      memoryLimitBytes: study.spec.budget.memoryBytes,
      runFolder: folder.path,
    });
    try {
      await runStudy({ ...partsOf(study, state, journal, folder, options), executor, resources });
    } finally {
      await executor.close();
    }
  } finally {
    await journal.close();
  }
  return { state, folder: folder.path, alreadyFinished: false };
}

function workersFor(study: PreparedStudy, options: ResumeOptions): number {
  const { work, settings, adaptive, spec } = study;
  const { memoryBytes: memoryLimitBytes, trialMs, foldMs } = spec.budget;
  const tasks = (settings.planned ?? Number.POSITIVE_INFINITY) * settings.foldCount;
  const isolation = processReason({ work, memoryLimitBytes }) === undefined ? options.isolation : 'process';
  const workers = Math.min(options.workers ?? chooseWorkerCount(work, tasks, isolation ?? 'thread'), tasks);
  const { lag, pruning } = spec.search;
  if ((adaptive || pruning !== undefined) && workers > lag * settings.foldCount) {
    const needed = Math.ceil(workers / settings.foldCount);
    options.onNote?.(`${workers} workers are more than search.lag ${lag} keeps busy: that needs lag ${needed}`);
  }
  if (workers === 0 && (trialMs !== undefined || foldMs !== undefined)) {
    options.onNote?.('without workers, nothing can end a fold: budget.trial and budget.fold act between folds only');
  }
  return workers;
}

function partsOf(
  study: PreparedStudy,
  state: StudyState,
  journal: FileJournal,
  folder: LockedFolder,
  options: ResumeOptions,
): Omit<StudyParts, 'executor' | 'resources'> {
  const { spec, sampler, tasks, adaptive, work } = study;
  const { pruning, lag } = spec.search;
  const { wallMs, trialMs, foldMs } = spec.budget;
  const writer = new LeaderboardWriter(folder.path, { times: options.times });
  return {
    state,
    space: spec.space,
    sampler,
    lag: adaptive || pruning !== undefined ? lag : undefined,
    judge: pruning && new PruningJudge(createPruner(pruning, work.goal), state, lag),
    trials: spec.search.trials,
    tasks,
    journal,
    baseline: spec.baseline,
    limits: { trialMs, foldMs },
    wallMs: wallMs === undefined ? undefined : wallMs - journal.elapsedMs,
    reporters: new Reporters([...(options.reporters ?? []), writer]),
    signal: options.signal ?? new AbortController().signal,
  };
}

/** The spec that a run is of so far. */
function specOf({ identity: { source, directory }, state }: StoredRun): ContinuedSpec {
  return specFromObject(source, { directory, name: state.settings.name }).spec;
}

/** Whether nothing is left to do of a run, whose spec may since have been given more to do. */
export function isFinished({ state, identity }: StoredRun, spec: Pick<Spec, 'source'>): boolean {
  return state.status === 'finished' && isDeepStrictEqual(identity.source, spec.source);
}

/** @param before the spec that the run is of so far. @throws StorageError when it cannot go on as this one. */
export function requireContinuable({ folder }: StoredRun, spec: ContinuedSpec, before: ContinuedSpec): void {
  const problems = continuationProblems(before, spec);
  if (problems.length === 0) return;
  throw new StorageError(`the folder holds a run that cannot go on with this space file (${folder})`, {
    issues: problems.map((message) => ({ path: '', message })),
    hint: 'Start anew with --force (the old folder is kept), or choose another with --out.',
  });
}
