import { CmlError, UsageError } from '../errors.js';
import { FileJournal } from '../journal/file-journal.js';
import type { StudyIdentity } from '../journal/journal-event.js';
import { bareSpecFromObject } from '../spec/bare-spec.js';
import { IssueList } from '../spec/issue-list.js';
import { specFromObject } from '../spec/load-spec.js';
import { readInitial } from '../spec/read-initial.js';
import type { Spec } from '../spec/spec.js';
import type { StudyState } from '../study/study-state.js';
import type { Params } from '../trial.js';
import { isInCode } from './open-run.js';
import { readStoredRun } from './read-run.js';
import { findRun, journalFile, LockedFolder, neverBegan } from './run-folder.js';

type Space = Spec['space'];

export interface AddedTrial {
  /** Absolute path of the run. */
  readonly folder: string;
  readonly study: string;
  /** The number it will have. */
  readonly trial: number;
  /** The whole configuration: what was left open is filled in. */
  readonly params: Params;
  /** The objective is a function in a program: only that can run it. */
  readonly inCode: boolean;
}

/**
 * Adds a configuration of the user's to a run that nobody is working on: its next trial is of it.
 * @param name the folder of the run, or its name under runs/. @param given values by full names.
 * @throws UsageError for a configuration that is not of the space or had its trial, and where no trial can follow.
 * @throws StorageError
 */
export async function addTrial(name: string, given: Readonly<Record<string, unknown>>): Promise<AddedTrial> {
  const folder = await LockedFolder.open(findRun(name));
  try {
    const stored = await readStoredRun(folder.path);
    if (stored === undefined) throw neverBegan(folder.path);
    const { state, identity, end } = stored;
    requireFollowing(state);
    const space = spaceOf(identity, state.settings.name);
    const params = readGiven(given, space);
    requireNew(params, space, state);
    const trial = state.proposed + state.added.length;
    const journal = await FileJournal.open(journalFile(folder.path), end);
    try {
      await journal.append({ type: 'added', params });
    } finally {
      await journal.close();
    }
    return { folder: folder.path, study: state.settings.name, trial, params, inCode: isInCode(identity) };
  } finally {
    folder.close();
  }
}

/** After a stop by the results or by the clock, a further trial would not be run, or not count. */
function requireFollowing({ decision, stopped, status }: StudyState): void {
  const reason = decision?.reason ?? (status === 'finished' && stopped === 'wall' ? stopped : undefined);
  if (reason === undefined) return;
  const key = reason === 'target' ? 'objective.target' : `budget.${reason}`;
  throw new UsageError(`the run was stopped by ${key}: a trial after that would not count`, {
    hint:
      reason === 'target'
        ? 'put the configuration into search.initial of a space file with another target'
        : `give it a longer ${key} with cml tune first`,
  });
}

function spaceOf(identity: StudyIdentity, name: string): Space {
  const { source, directory } = identity;
  // A run of an objective in code has no models.
  if (isInCode(identity)) return bareSpecFromObject(source).space;
  return specFromObject(source, { directory, name }).spec.space;
}

const PATH = /^search\.initial\[0\]\.?/;

function readGiven(given: Readonly<Record<string, unknown>>, space: Space): Params {
  const list = new IssueList(() => ({}));
  const [params] = readInitial([given], space, list);
  try {
    list.throwIfAny('the configuration');
  } catch (error) {
    if (!(error instanceof CmlError)) throw error;
    const found = error.issues.map((issue) => ({
      path: `--param ${issue.path.replace(PATH, '')}`.trim(),
      message: issue.message,
    }));
    const [only] = found;
    throw new UsageError(
      found.length === 1 ? `${only!.path}: ${only!.message}` : `the configuration has ${found.length} problems`,
      { issues: found, hint: '`cml check` shows the parameters of the space file' },
    );
  }
  return params!;
}

function requireNew(params: Params, space: Space, state: StudyState): void {
  const key = space.key(params);
  for (let trial = 0; trial < state.proposed; trial++) {
    if (space.key(state.params(trial)) === key) throw new UsageError(`trial ${trial} is of this configuration already`);
  }
  if (state.added.some((other) => space.key(other) === key)) {
    throw new UsageError('this configuration was added already', { hint: 'the next run of the study runs it' });
  }
}
