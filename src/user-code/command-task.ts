import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
// The global one is within reach of the modules that this process has run.
import { performance } from 'node:perf_hooks';
import { findMetric } from '../metrics/index.js';
import type { FoldOutcome, ParameterValue, Scores } from '../trial.js';
import { fillTemplate, placeholdersOf } from '../validation/command-template.js';
import type { EvaluationPlan } from '../validation/evaluation-plan.js';
import type { FoldTask } from '../validation/fold-task.js';
import { truthOf } from '../validation/fold-truth.js';
import { readObjectiveResult, reasonOf, reasonWithOutput } from '../validation/objective-result.js';
import { predict, predictionNeeds } from '../validation/predictions.js';
import { scorePredictions } from '../validation/score-predictions.js';
import type { UserCode } from '../validation/user-code.js';
import { type CommandResult, parseResult, readPredictions } from './command-result.js';
import { type FoldTables, writeFoldTables } from './fold-tables.js';
import { type CommandEnd, runCommand } from './run-command.js';
import type { UserTaskContext } from './user-task-context.js';

type Command = Extract<UserCode, { kind: 'command' }>;

/** Files of one task beside its logs. */
interface TaskFiles {
  readonly result: string;
  readonly params: string;
}

/** Runs a command for one fold or repeat of a trial; whatever it does is the outcome. */
export async function runCommandTask(code: Command, task: FoldTask, context: UserTaskContext): Promise<FoldOutcome> {
  const startMs = performance.now();
  const files = {
    result: join(context.trialFolder, `result-${task.fold + 1}.json`),
    params: join(context.trialFolder, `params-${task.fold + 1}.json`),
  };
  try {
    const wanted = placeholdersOf(code.argv);
    mkdirSync(context.trialFolder, { recursive: true });
    removeFile(files.result);
    if (wanted.has('params_file')) writeFileSync(files.params, `${JSON.stringify(task.params)}\n`);
    const tables = wanted.has('train_file') || wanted.has('test_file') ? foldTables(task, context) : undefined;
    let lastLine: string | undefined;
    let lastStep = -1;
    const end = await runCommand({
      argv: fillTemplate(code.argv, placeholderValues(task, files, tables)),
      directory: code.directory,
      env: { ...context.env, ...taskEnvironment(task) },
      stdout: context.stdout,
      stderr: context.stderr,
      signal: context.signal,
      onGroup: context.onGroup,
      onLine: (line) => {
        const point = readPoint(line, context.metrics[0]!);
        if (point === undefined) lastLine = line;
        if (point === undefined || point.step <= lastStep) return;
        lastStep = point.step;
        context.report(point.step, point.value);
      },
    });
    const ranMs = performance.now();
    const broken = brokenEnd(end, code, context);
    if (broken !== undefined) return broken;
    const scores = await scoresOf(readResult(files.result, lastLine, context), task, context);
    return {
      state: 'completed',
      scores,
      fitSeconds: (ranMs - startMs) / 1000,
      scoreSeconds: (performance.now() - ranMs) / 1000,
    };
  } catch (thrown) {
    return { state: 'failed', reason: withOutput(reasonOf(thrown), context) };
  } finally {
    removeFile(files.params);
    removeFile(files.result);
  }
}

/** Whatever the command has made of it. */
function removeFile(file: string): void {
  rmSync(file, { recursive: true, force: true });
}

function foldTables(task: FoldTask, { plan, foldsFolder }: UserTaskContext): FoldTables {
  if (plan === undefined) throw new Error('without data there is no {train_file}');
  return writeFoldTables(foldsFolder, task.fold, plan.dataset, foldOf(plan, task));
}

function foldOf(plan: EvaluationPlan, task: FoldTask) {
  return plan.folds[task.fold] ?? plan.holdout!;
}

function placeholderValues(
  task: FoldTask,
  files: TaskFiles,
  tables: FoldTables | undefined,
): ReadonlyMap<string, ParameterValue> {
  return new Map<string, ParameterValue>([
    ...Object.entries(task.params),
    ['result_file', files.result],
    ['params_file', files.params],
    ['train_file', tables?.train ?? ''],
    ['test_file', tables?.test ?? ''],
    ['seed', task.seed],
    ['trial', task.trial],
    ['fold', task.fold],
  ]);
}

function taskEnvironment(task: FoldTask): Record<string, string> {
  return { CML_TRIAL: String(task.trial), CML_FOLD: String(task.fold), CML_SEED: String(task.seed) };
}

interface CurvePoint {
  readonly step: number;
  readonly value: number;
}

/** A line `{"step": 3, "value": 0.9}`, or with the metric's name in place of `value`, is a point of a learning curve. */
function readPoint(line: string, metric: string): CurvePoint | undefined {
  try {
    const { step, ...given } = JSON.parse(line) as Readonly<Record<string, unknown>>;
    const value = given[metric] ?? given.value;
    return typeof step === 'number' && Number.isInteger(step) && typeof value === 'number'
      ? { step, value }
      : undefined;
  } catch {
    return undefined;
  }
}

function brokenEnd(end: CommandEnd, code: Command, context: UserTaskContext): FoldOutcome | undefined {
  if (end.kind === 'not-started') return { state: 'failed', reason: end.reason };
  const program = code.argv[0];
  if (end.kind === 'killed') {
    return { state: 'crashed', reason: withOutput(`${program} was killed by ${end.signal}`, context) };
  }
  if (end.code === 0) return undefined;
  return { state: 'failed', reason: withOutput(`${program} exited with ${end.code}`, context) };
}

function withOutput(reason: string, { stdout, stderr }: UserTaskContext): string {
  return reasonWithOutput(reason, stderr.lastLines || stdout.lastLines);
}

function readResult(file: string, lastLine: string | undefined, { metrics }: UserTaskContext): CommandResult {
  if (existsSync(file)) return parseResult(readFileSync(file, 'utf8'), 'the result file');
  if (lastLine !== undefined) return parseResult(lastLine, 'the last JSON line on stdout');
  throw new Error(
    `no result: neither a file at {result_file} nor a line of JSON on stdout, such as {"${metrics[0]}": 0.9}`,
  );
}

async function scoresOf(result: CommandResult, task: FoldTask, { metrics, plan }: UserTaskContext): Promise<Scores> {
  if (result.kind === 'metrics') {
    const scores = readObjectiveResult(result.values, metrics);
    if (typeof scores === 'string') throw new Error(scores);
    return scores;
  }
  if (plan === undefined) throw new Error('without data there is nothing to compare predictions with');
  const known = metrics.map((name) => findMetric(name)!);
  const { test } = foldOf(plan, task);
  const truth = truthOf(plan.dataset, test);
  const { values, probabilities } = readPredictions(result.predictions, result.probabilities, truth);
  const model = { predict: () => values, ...(probabilities && { predictProba: () => probabilities }) };
  const nothing = { data: new Float64Array(0), rows: test.length, columns: 0 };
  return scorePredictions(known, truth, await predict(model, nothing, truth, predictionNeeds(known)));
}
