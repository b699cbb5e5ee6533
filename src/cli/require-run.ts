import { existsSync } from 'node:fs';
import { join, parse } from 'node:path';
import { UsageError } from '../errors.js';
import { nearestName } from '../nearest-name.js';
import { holdsRun, RUNS_FOLDER } from '../runs/run-folder.js';
import { shellWord } from '../shell-word.js';
import { namesIn } from './names-in.js';

/** @throws UsageError for what is no run where another one is meant: its space file, or a name nearly right. */
export function requireRun(run: string): void {
  if (holdsRun(run) || holdsRun(join(RUNS_FOLDER, run)) || !existsSync(RUNS_FOLDER)) return;
  const runs = namesIn(RUNS_FOLDER).filter((name) => holdsRun(join(RUNS_FOLDER, name)));
  const { name } = parse(run);
  const meant = runs.includes(name) ? name : nearestName(name, runs);
  if (meant === undefined) return;
  const what = existsSync(run) ? 'is not a run' : 'is neither a run nor the name of one';
  throw new UsageError(`${run} ${what} (did you mean ${shellWord(meant)}?)`);
}
