import { UsageError } from '../errors.js';
import type { StoredRun } from '../runs/read-run.js';
import { type FoldLogs, type OutputStream, readTrialLogs } from '../runs/trial-logs.js';
import { counted } from './counted.js';
import { shownPath } from './shown-path.js';

/** What `cml logs --json` prints. */
export interface TrialOutput {
  readonly version: 1;
  readonly study: string;
  readonly trial: number;
  /** Name of the trial's model; null where the objective is code. */
  readonly model: string | null;
  /** Folds that printed something; a stream that is not asked for is left out, an empty one is null. */
  readonly folds: readonly {
    readonly fold: number;
    readonly stdout?: string | null;
    readonly stderr?: string | null;
  }[];
}

export interface ReadOutput {
  readonly output: TrialOutput;
  readonly logs: readonly FoldLogs[];
  /** Why there is nothing to show; undefined where there is something. */
  readonly silence: string | undefined;
}

/** What the tasks of a trial printed. @throws UsageError for a trial that the run does not have. */
export async function readTrialOutput(
  run: StoredRun,
  trial: number,
  streams: readonly OutputStream[],
): Promise<ReadOutput> {
  const { state, folder } = run;
  requireTrial(run, trial);
  const logs = await readTrialLogs(folder, trial, streams);
  const { model = null } = state.params(trial);
  const output: TrialOutput = {
    version: 1,
    study: state.settings.name,
    trial,
    model: model === null ? null : String(model),
    folds: logs.map((log) => ({
      fold: log.fold,
      ...Object.fromEntries(streams.map((stream) => [stream, log[stream]?.toString('utf8') ?? null])),
    })),
  };
  return { output, logs, silence: logs.length > 0 ? undefined : reasonOfSilence(run, trial, streams) };
}

function requireTrial({ state, folder }: StoredRun, trial: number): void {
  if (trial < state.proposed) return;
  const had =
    state.proposed === 0
      ? 'it has none yet'
      : `it has ${counted(state.proposed, 'trial')}${state.proposed === 1 ? ': 0' : `: 0 to ${state.proposed - 1}`}`;
  throw new UsageError(`there is no trial ${trial} in ${shownPath(folder)}: ${had}`, {
    hint: '`cml leaderboard` shows the numbers of the trials',
  });
}

function reasonOfSilence({ state, identity }: StoredRun, trial: number, streams: readonly OutputStream[]): string {
  const { model } = state.params(trial);
  const models = identity.source.models as Readonly<Record<string, { readonly use?: unknown }>> | undefined;
  if (typeof model === 'string' && models?.[model]?.use !== undefined) {
    return `trial ${trial} is of ${model}, a built-in trainer: those print nothing`;
  }
  const where = streams.length > 1 ? '' : ` on ${streams[0]}`;
  const sofar = state.ended(trial) === undefined && state.status === 'running' ? ' so far' : '';
  return `the tasks of trial ${trial} printed nothing${where}${sofar}`;
}

/** `-- fold 2, stderr --`; the task after the last fold is the refit that is scored on the holdout. */
export function logHeading(fold: number, stream: OutputStream, foldCount: number): string {
  return `-- ${fold > foldCount ? 'refit for the holdout' : `fold ${fold}`}, ${stream} --`;
}
