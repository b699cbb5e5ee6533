import type { Reporter } from '../../study/reporter.js';

/** A reporter on stderr that others can write beside without disturbing it. */
export interface ProgressDisplay extends Reporter {
  /** Prints a line without breaking the display. */
  note(text: string): void;
  /** Ends the display and restores the terminal; may be called more than once. */
  stop(): void;
}

/** Where progress is shown: `process.stderr`, which may be a terminal of some size. */
export type ProgressStream = NodeJS.WritableStream & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
};
