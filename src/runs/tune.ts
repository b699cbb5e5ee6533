import { existsSync } from 'node:fs';
import { StorageError } from '../errors.js';
import { createExecutor, type Isolation, processReason } from '../executors/create-executor.js';
import { chooseWorkerCount } from '../executors/worker-count.js';
import { shellWord } from '../shell-word.js';
import { specFromObject } from '../spec/load-spec.js';
import type { Spec } from '../spec/spec.js';
import { isFinished, requireContinuable } from './continuation.js';
import { isInCode, noteTornEnd, requireSameStudy } from './open-run.js';
import { type PreparedStudy, prepareStudy } from './prepare-study.js';
import { readRun, readStoredRun } from './read-run.js';
import { holdsRun, RUNS_FOLDER, resolveRunFolder } from './run-folder.js';
import { type FolderOptions, type RunResult, runInFolder } from './run-in-folder.js';
import { noteIdleWorkers, type Workforce } from './runnable-study.js';
import { studyResources } from './study-resources.js';

export type { RunResult } from './run-in-folder.js';

/** Who trains the models of a space file. */
export interface WorkerOptions {
  /** Where folds are trained; undefined: in threads, or in processes where a model or a limit needs them. */
  readonly isolation?: Isolation;
  /** Names of the GPUs that tasks may use; undefined: all that the machine has. */
  readonly gpus?: readonly string[];
  /** Workers; 0: this process itself; undefined: as many as suit the machine and the study. */
  readonly workers?: number;
}

export interface ResumeOptions extends WorkerOptions, Omit<FolderOptions, 'force'> {}

export interface TuneOptions extends WorkerOptions, FolderOptions {
  /** The run folder; default: runs/<name of the study>. */
  readonly out?: string;
}

/**
 * Runs the study of a space file to its end, in its run folder; continues the run that is there if it is of the same
 * space file, or of one with fewer trials or a shorter budget.
 * @throws CmlError
 */
export async function tune(spec: Spec, options: TuneOptions = {}): Promise<RunResult> {
  const path = resolveRunFolder(options.out ?? `${RUNS_FOLDER}/${spec.name}`);
  const before = options.force !== true && holdsRun(path) ? await readStoredRun(path) : undefined;
  if (before !== undefined) requireContinuable(before, spec);
  const study = await prepareStudy(spec);
  if (before !== undefined && isFinished(before, spec)) {
    // Only read, which needs neither a lock nor the right to write.
    requireSameStudy(before, study);
    noteTornEnd(before, options.onNote);
    return { state: before.state, folder: path, alreadyFinished: true };
  }
  return await runInFolder(path, { study, hire: (folder) => hire(study, folder, options) }, options);
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
  return await runInFolder(
    path,
    { study, hire: (folder) => hire(study, folder, options) },
    { ...options, force: false },
  );
}

/** @throws UsageError, SpaceFileError when there are not the workers or the means that the study needs. */
function hire(study: PreparedStudy, runFolder: string, options: ResumeOptions): Workforce {
  const { work, notes, spec } = study;
  for (const note of notes) options.onNote?.(note);
  const workers = workersFor(study, options);
  const resources = studyResources(spec.models, workers, options.gpus);
  const { memoryBytes: memoryLimitBytes } = spec.budget;
  const { isolation } = options;
  return { resources, executor: createExecutor({ work, workers, isolation, memoryLimitBytes, runFolder }) };
}

function workersFor(study: PreparedStudy, options: ResumeOptions): number {
  const { work, settings, spec } = study;
  const { memoryBytes: memoryLimitBytes, trialMs, foldMs } = spec.budget;
  const tasks = (settings.planned ?? Number.POSITIVE_INFINITY) * settings.foldCount;
  const isolation = processReason({ work, memoryLimitBytes }) === undefined ? options.isolation : 'process';
  const workers = Math.min(options.workers ?? chooseWorkerCount(work, tasks, isolation ?? 'thread'), tasks);
  noteIdleWorkers(study, workers, options.onNote);
  if (workers === 0 && (trialMs !== undefined || foldMs !== undefined)) {
    options.onNote?.('without workers, nothing can end a fold: budget.trial and budget.fold act between folds only');
  }
  return workers;
}
