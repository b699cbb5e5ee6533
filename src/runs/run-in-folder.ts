import type { StudyState } from '../study/study-state.js';
import { type ContinuedSpec, isFinished, requireContinuable } from './continuation.js';
import { LeaderboardWriter } from './leaderboard-writer.js';
import { noteTornEnd, openRun, type RunOrigin, requireSameStudy } from './open-run.js';
import { readStoredRun } from './read-run.js';
import { holdsRun, LockedFolder } from './run-folder.js';
import { type RunnableStudy, runRecorded, type StudyListeners, type Workforce } from './runnable-study.js';

/** A study to be run in a folder: what differs between one of a space file and one of an objective in code. */
export interface FolderStudy {
  readonly study: RunnableStudy & RunOrigin & { readonly spec: ContinuedSpec };
  /**
   * Is called when something is left to do, before anything of the study is written.
   * @param folder absolute path of the run.
   * @throws CmlError
   */
  readonly hire: (folder: string) => Workforce;
}

export interface FolderOptions extends StudyListeners {
  /** Start anew where the folder holds a run; the old folder is kept under another name. */
  readonly force?: boolean;
  /** Whether the leaderboard files hold times; default true. */
  readonly times?: boolean;
  /** Receives what a user should know and need not act on. */
  readonly onNote?: (text: string) => void;
}

export interface RunResult {
  readonly state: StudyState;
  readonly folder: string;
  /** Nothing was left to do. */
  readonly alreadyFinished: boolean;
}

/**
 * Runs a study to its end in its run folder, as the only writer of that: begins a run, or continues the one that is there.
 * @param path absolute.
 * @throws CmlError
 */
export async function runInFolder(
  path: string,
  { study, hire }: FolderStudy,
  options: FolderOptions,
): Promise<RunResult> {
  const { onNote } = options;
  const folder = await LockedFolder.open(path);
  try {
    if (options.force === true && holdsRun(path)) {
      onNote?.(`the run that was there is kept as ${await folder.setAside()}`);
    }
    const stored = holdsRun(path) ? await readStoredRun(path) : undefined;
    if (stored !== undefined) {
      requireContinuable(stored, study.spec);
      requireSameStudy(stored, study);
      noteTornEnd(stored, onNote);
      if (isFinished(stored, study.spec)) return { state: stored.state, folder: path, alreadyFinished: true };
    }
    const workforce = hire(path);
    try {
      const { state, journal } = await openRun(folder, stored, study);
      try {
        const writer = new LeaderboardWriter(path, { times: options.times });
        const reporters = [...(options.reporters ?? []), writer];
        const record = { state, journal, spentMs: journal.elapsedMs };
        await runRecorded(study, record, workforce, { ...options, reporters });
      } finally {
        await journal.close();
      }
      return { state, folder: path, alreadyFinished: false };
    } finally {
      await workforce.executor.close();
    }
  } finally {
    folder.close();
  }
}
