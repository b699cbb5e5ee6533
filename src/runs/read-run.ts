import { readJournal } from '../journal/file-journal.js';
import type { StudyIdentity } from '../journal/journal-event.js';
import type { JournalEnd } from '../journal/journal-format.js';
import { StudyState } from '../study/study-state.js';
import { findRun, journalFile, neverBegan } from './run-folder.js';

/** What a run has come to: a replay of its journal. */
export interface StoredRun {
  readonly folder: string;
  readonly identity: StudyIdentity;
  readonly state: StudyState;
  readonly end: JournalEnd;
}

/**
 * Reads a run without writing to it, also while another process does.
 * @returns undefined when its journal has no beginning: the process that made it was killed at once.
 * @throws StorageError
 */
export async function readStoredRun(folder: string): Promise<StoredRun | undefined> {
  let identity: StudyIdentity | undefined;
  let state: StudyState | undefined;
  const end = await readJournal(journalFile(folder), (event) => {
    if (event.type === 'study') {
      identity = event.identity;
      state = new StudyState(event.settings);
    }
    if (event.type === 'extended' && identity !== undefined) identity = { ...identity, source: event.source };
    state?.apply(event);
  });
  return identity === undefined || state === undefined ? undefined : { folder, identity, state, end };
}

/** @param name the folder of a run, or its name under runs/. @throws CmlError */
export async function readRun(name: string): Promise<StoredRun> {
  const folder = findRun(name);
  const stored = await readStoredRun(folder);
  if (stored !== undefined) return stored;
  throw neverBegan(folder);
}
