import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { StorageError } from '../errors.js';
import { csvPieces } from '../leaderboard/format-csv.js';
import { jsonPieces } from '../leaderboard/format-json.js';
import { LeaderboardBuilder } from '../leaderboard/leaderboard-builder.js';
import type { Reporter } from '../study/reporter.js';
import type { StudyState } from '../study/study-state.js';

export interface LeaderboardWriterOptions {
  /** Whether the files hold times. Default true. */
  readonly times?: boolean;
  /** Milliseconds from the end of one write to the beginning of the next, at least. Default 1000. */
  readonly minIntervalMs?: number;
}

/** With a pause of 19 times the last write, writing takes at most 5 % of the time. */
const PAUSE_PER_WRITE = 19;

/**
 * Keeps `leaderboard.csv` and `leaderboard.json` in the run folder current while a study runs. An event costs two
 * assignments at most; a write lets the study go on after every piece, and the longer it takes the rarer it is. Files
 * are replaced atomically, so that a reader, or a job cancelled in between, finds a whole one.
 */
export class LeaderboardWriter implements Reporter {
  private readonly folder: string;
  private readonly times: boolean;
  private readonly minIntervalMs: number;
  private builder: LeaderboardBuilder | undefined;
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();
  private pauseMs: number;
  /** Whether something happened since the last write began. */
  private stale = false;
  private ended = false;

  constructor(folder: string, options: LeaderboardWriterOptions = {}) {
    this.folder = folder;
    this.times = options.times ?? true;
    this.minIntervalMs = options.minIntervalMs ?? 1000;
    this.pauseMs = this.minIntervalMs;
  }

  onStart(state: StudyState): void {
    this.schedule(state);
  }

  onEvent(_event: unknown, state: StudyState): void {
    this.stale = true;
    if (this.timer === undefined) this.schedule(state);
  }

  /** @throws StorageError when the final files cannot be written. */
  async onEnd(state: StudyState): Promise<void> {
    this.ended = true;
    clearTimeout(this.timer);
    await this.writing;
    try {
      await this.write(state, () => false);
    } catch (error) {
      throw new StorageError(`leaderboard: cannot write to ${this.folder}: ${messageOf(error)}`, {
        hint: 'the journal holds all results: once the folder can be written, run `cml resume` or `cml leaderboard`',
        cause: error,
      });
    }
  }

  private schedule(state: StudyState): void {
    if (this.ended) return;
    this.timer = setTimeout(() => {
      const start = performance.now();
      this.stale = false;
      // A failed write is tried again at the next event and, for good, at the end.
      this.writing = this.write(state, () => this.ended)
        .catch(() => undefined)
        .finally(() => {
          this.pauseMs = Math.max(this.minIntervalMs, PAUSE_PER_WRITE * (performance.now() - start));
          this.timer = undefined;
          if (this.stale) this.schedule(state);
        });
    }, this.pauseMs);
    this.timer.unref();
  }

  /** @param abandoned asked before every piece: whether the files are no longer wanted. */
  private async write(state: StudyState, abandoned: () => boolean): Promise<void> {
    const { times } = this;
    this.builder ??= new LeaderboardBuilder(state, { times });
    const { head, rows } = this.builder.snapshot();
    const csv = csvPieces(rows(), state.settings, { times });
    await replaceFile(join(this.folder, 'leaderboard.csv'), csv, abandoned);
    await replaceFile(join(this.folder, 'leaderboard.json'), jsonPieces({ ...head, rows: rows() }), abandoned);
  }
}

/** Writes beside the file, syncs, and renames over it. */
async function replaceFile(path: string, pieces: Iterable<string>, abandoned: () => boolean): Promise<void> {
  const temporary = `${path}.tmp`;
  const handle = await open(temporary, 'w');
  try {
    for (const piece of pieces) {
      if (abandoned()) return;
      await handle.writeFile(piece);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, path);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
