import { inContinuousIntegration } from '../line-width.js';
import { PlainProgress } from './plain-progress.js';
import type { ProgressDisplay, ProgressStream } from './progress-display.js';

/** The display that suits the stream: rows that redraw on a terminal, plain lines in CI, pipes and dumb terminals. */
export async function createProgress(stream: ProgressStream, environment: NodeJS.ProcessEnv): Promise<ProgressDisplay> {
  if (stream.isTTY !== true || inContinuousIntegration(environment) || environment.TERM === 'dumb') {
    return new PlainProgress({ write: (text) => stream.write(text) });
  }
  const { TerminalProgress } = await import('./terminal-progress.js');
  return new TerminalProgress(stream);
}

/** Says and shows nothing. */
export const SILENT_PROGRESS: ProgressDisplay = { note() {}, stop() {} };
