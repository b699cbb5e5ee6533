import { isDeepStrictEqual } from 'node:util';
import { StorageError } from '../errors.js';
import { FileJournal } from '../journal/file-journal.js';
import type { JournalEvent, StudyIdentity } from '../journal/journal-event.js';
import { EMPTY_JOURNAL } from '../journal/journal-format.js';
import type { StudySettings } from '../journal/study-settings.js';
import type { Spec } from '../spec/spec.js';
import { StudyState } from '../study/study-state.js';
import type { StoredRun } from './read-run.js';
import { journalFile, type LockedFolder } from './run-folder.js';

/** Raised when the same space file gives other results than before. */
export const ENGINE_VERSION = 1;

/** What a run is begun from, and must find unchanged to go on; of a `PreparedStudy` or of an objective in code. */
export interface RunOrigin {
  readonly spec: Pick<Spec, 'source' | 'directory'>;
  readonly work: { readonly hash: string; readonly evaluation?: { readonly dataset: { readonly hash: string } } };
  readonly settings: StudySettings;
}

/** Stands for the hash of data where there are none. */
const NO_DATA = '';

/** Stands for the hash of what a study runs where that is a function in a program, which no file holds. */
export const IN_CODE = '';

/** Whether the objective of a run is a function in a program: only that can go on with it. */
export function isInCode({ planHash }: StudyIdentity): boolean {
  return planHash === IN_CODE;
}

export interface OpenRun {
  readonly state: StudyState;
  readonly journal: FileJournal;
}

/**
 * Opens the journal of a study for writing: a new one, or the one that is there.
 * @param stored what the folder holds, read under its lock, of the same study; its torn end is cut off.
 */
export async function openRun(folder: LockedFolder, stored: StoredRun | undefined, study: RunOrigin): Promise<OpenRun> {
  const journal = await FileJournal.open(journalFile(folder.path), stored?.end ?? EMPTY_JOURNAL);
  if (stored === undefined) {
    await journal.append({ type: 'study', identity: identityOf(study), settings: study.settings });
    return { state: new StudyState(study.settings), journal };
  }
  const { source } = study.spec;
  const event: JournalEvent = isDeepStrictEqual(stored.identity.source, source)
    ? { type: 'resumed' }
    : { type: 'extended', source, settings: study.settings };
  await journal.append(event);
  stored.state.apply(event);
  return { state: stored.state, journal };
}

/** Says what of a journal does not count, where it ends in less than a whole line. */
export function noteTornEnd({ folder, end }: StoredRun, onNote: ((text: string) => void) | undefined): void {
  if (end.tornBytes === 0) return;
  const consequence = 'a result in it is computed again, an added trial must be added again';
  onNote?.(
    `the journal ended in a line that is not whole (${end.tornBytes} bytes), which is left out: ${consequence} (${folder})`,
  );
}

function identityOf({ spec, work }: RunOrigin): StudyIdentity {
  const { source, directory } = spec;
  const dataHash = work.evaluation?.dataset.hash ?? NO_DATA;
  return { engine: ENGINE_VERSION, source, directory, dataHash, planHash: work.hash };
}

/** @throws StorageError when a run was made from other data or folds, or by an engine with other results. */
export function requireSameStudy({ identity: stored, folder }: StoredRun, study: RunOrigin): void {
  const present = identityOf(study);
  const refuse = (what: string): never => {
    throw new StorageError(`${what} since the run began (${folder})`, {
      hint: 'Start anew with `cml tune --force` (the old folder is kept), or choose another with --out.',
    });
  };
  if (stored.engine !== present.engine) {
    refuse(`the engine changed its results (version ${stored.engine}, now ${present.engine})`);
  }
  if (stored.dataHash !== present.dataHash) refuse('the data changed');
  if (stored.planHash !== present.planHash) refuse('the folds, the metrics or the code of a model changed');
}
