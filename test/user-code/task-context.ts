import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { DEFAULT_PREPROCESSING } from '../../src/data/preprocessing-options.js';
import type { TrainerParams } from '../../src/trainers/trainer.js';
import { OutputLog } from '../../src/user-code/output-log.js';
import type { UserTaskContext } from '../../src/user-code/user-task-context.js';
import type { EvaluationPlan } from '../../src/validation/evaluation-plan.js';
import type { FoldTask } from '../../src/validation/fold-task.js';
import { classificationTable } from '../validation/datasets.js';

const folder = mkdtempSync(join(tmpdir(), 'cml-user-code-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

export interface Recorded {
  readonly context: UserTaskContext;
  readonly reports: (readonly [number, number])[];
  readonly groups: number[];
  readonly controller: AbortController;
}

let contexts = 0;

/** A context in a folder of its own, and what was done with it. */
export function recordedContext(given: Partial<UserTaskContext> = {}): Recorded {
  const reports: (readonly [number, number])[] = [];
  const groups: number[] = [];
  const controller = new AbortController();
  const run = join(folder, `run-${contexts++}`);
  const trialFolder = join(run, 'trials/3');
  return {
    reports,
    groups,
    controller,
    context: {
      metrics: ['score'],
      plan: undefined,
      trialFolder,
      foldsFolder: join(run, 'folds'),
      env: process.env,
      stdout: new OutputLog(join(trialFolder, 'stdout.log')),
      stderr: new OutputLog(join(trialFolder, 'stderr.log')),
      signal: controller.signal,
      report: (step, value) => reports.push([step, value]),
      onGroup: (leader) => {
        groups.push(leader);
        return () => {};
      },
      ...given,
    },
  };
}

export function taskOf(params: TrainerParams, given: Partial<FoldTask> = {}): FoldTask {
  const base = { trial: 3, fold: 0, model: 'mine', trainer: 'mine', seed: 9 };
  return { ...base, params, preprocessing: { ...DEFAULT_PREPROCESSING, scale: 'none' }, ...given };
}

const ages = Float64Array.of(1, 2, 7, 8, 3, 6, 2.5, Number.NaN);
const cities = ['a, b', 'say "no"', 'zoo'];

/** Eight rows, two classes, one fold; the last row has no age. */
export const PLAN: EvaluationPlan = {
  hash: 'plan',
  dataset: classificationTable([0, 0, 1, 1, 0, 1, 0, 1], ['no', 'yes'], {
    features: [
      { kind: 'numeric', name: 'age', values: ages },
      { kind: 'boolean', name: 'member', values: Float64Array.of(0, 1, 0, 1, 0, 1, Number.NaN, 1) },
      { kind: 'categorical', name: 'city', codes: Int32Array.of(0, 1, 2, -1, 0, 1, 2, 0), categories: cities },
    ],
  }),
  folds: [{ train: Int32Array.of(0, 1, 2, 3), test: Int32Array.of(4, 5, 6, 7) }],
  metrics: ['accuracy'],
  goal: 'maximize',
  cvKind: 'kfold',
  trainers: {},
};
