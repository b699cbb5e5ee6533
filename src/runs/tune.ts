import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { StorageError, UsageError } from '../errors.js';
import type { Executor } from '../executors/executor.js';
import { InProcessExecutor } from '../executors/in-process.js';
import { chooseWorkerCount } from '../executors/worker-count.js';
import { WorkerPoolExecutor } from '../executors/worker-pool.js';
import type { FileJournal } from '../journal/file-journal.js';
import { compareSpecs } from '../spec/compare-specs.js';
import { specFromObject } from '../spec/load-spec.js';
import type { Spec } from '../spec/spec.js';
import type { Reporter } from '../study/reporter.js';
import { Reporters } from '../study/reporters.js';
import { runStudy } from '../study/study-loop.js';
import type { StudyParts } from '../study/study-parts.js';
import type { StudyState } from '../study/study-state.js';
import { createFoldEvaluator } from '../validation/fold-evaluator.js';
import { LeaderboardWriter } from './leaderboard-writer.js';
import { openRun, requireSameStudy } from './open-run.js';
import { type PreparedStudy, prepareStudy } from './prepare-study.js';
import { readRun, readStoredRun, type StoredRun } from './read-run.js';
import { holdsRun, LockedFolder, RUNS_FOLDER } from './run-folder.js';

export interface ResumeOptions {
  /** Worker threads; 0: this process itself; undefined: as many as suit the machine and the study. */
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
 * space file.
 * @throws CmlError
 */
export async function tune(spec: Spec, options: TuneOptions = {}): Promise<RunResult> {
  if (options.out === '') throw new UsageError('the run folder must have a name', { hint: 'Give one with --out.' });
  const path = resolve(options.out ?? `${RUNS_FOLDER}/${spec.name}`);
  const force = options.force === true;
  const before = !force && holdsRun(path) ? await readStoredRun(path) : undefined;
  if (before !== undefined) requireSameSource(before, spec);
  const study = await prepareStudy(spec);
  if (before?.state.status === 'finished') {
    // Only read, which needs neither a lock nor the right to write.
    requireSameStudy(before, study);
    return { state: before.state, folder: path, alreadyFinished: true };
  }
  const folder = await LockedFolder.open(path);
  try {
    if (force && holdsRun(path)) options.onNote?.(`the run that was there is kept as ${await folder.setAside()}`);
    const stored = holdsRun(path) ? await readStoredRun(path) : undefined;
    if (stored !== undefined) requireSameSource(stored, spec);
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
  const { folder: path, identity, state } = await readRun(name);
  if (state.status === 'finished') return { state, folder: path, alreadyFinished: true };
  const { source, directory } = identity;
  if (!existsSync(directory)) {
    throw new StorageError(`the folder of the space file is gone (${directory})`, {
      hint: `If it was moved, continue with \`cml tune <space file> --out ${path}\`.`,
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
  if (stored?.state.status === 'finished') {
    return { state: stored.state, folder: folder.path, alreadyFinished: true };
  }
  for (const note of study.notes) options.onNote?.(note);
  const { state, journal } = await openRun(folder, stored, study);
  try {
    const executor = createExecutor(study, options);
    try {
      await runStudy(partsOf(study, state, journal, executor, folder, options));
    } finally {
      await executor.close();
    }
  } finally {
    await journal.close();
  }
  return { state, folder: folder.path, alreadyFinished: false };
}

function createExecutor(study: PreparedStudy, options: ResumeOptions): Executor {
  const { plan, settings, adaptive, spec } = study;
  const tasks = (settings.planned ?? Number.POSITIVE_INFINITY) * settings.foldCount;
  const workers = Math.min(options.workers ?? chooseWorkerCount(plan, tasks), tasks);
  const { lag } = spec.search;
  if (adaptive && workers > lag * settings.foldCount) {
    const needed = Math.ceil(workers / settings.foldCount);
    options.onNote?.(`${workers} workers are more than search.lag ${lag} keeps busy: that needs lag ${needed}`);
  }
  return workers === 0 ? new InProcessExecutor(createFoldEvaluator(plan)) : new WorkerPoolExecutor(plan, workers);
}

function partsOf(
  study: PreparedStudy,
  state: StudyState,
  journal: FileJournal,
  executor: Executor,
  folder: LockedFolder,
  options: ResumeOptions,
): StudyParts {
  const { spec, sampler, tasks, adaptive } = study;
  const { wallMs, trialMs, foldMs } = spec.budget;
  const writer = new LeaderboardWriter(folder.path, { times: options.times });
  return {
    state,
    space: spec.space,
    sampler,
    lag: adaptive ? spec.search.lag : undefined,
    trials: spec.search.trials,
    tasks,
    executor,
    journal,
    baseline: spec.baseline,
    limits: { trialMs, foldMs },
    wallMs: wallMs === undefined ? undefined : wallMs - journal.elapsedMs,
    reporters: new Reporters([...(options.reporters ?? []), writer]),
    signal: options.signal ?? new AbortController().signal,
  };
}

function requireSameSource(stored: StoredRun, spec: Spec): void {
  const differences = compareSpecs(stored.identity.source, spec.source);
  if (differences.length === 0) return;
  throw new StorageError(`the folder holds a run of another space file (${stored.folder})`, {
    issues: differences.map((message) => ({ path: '', message })),
    hint: 'Start anew with --force (the old folder is kept), or choose another with --out.',
  });
}
