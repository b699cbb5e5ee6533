import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { StudyRun } from './run-study.js';

/** What is kept of a study. */
export type KeptRun = Pick<StudyRun, 'told' | 'values'>;

/** Runs each study once: with a file, also over several calls of the bench, of which one may be interrupted. */
export class RunCache {
  private readonly path: string | undefined;
  private readonly runs = new Map<string, KeptRun>();

  /** @param path JSON lines, appended to; kept in memory only when absent. */
  constructor(path?: string) {
    this.path = path;
    if (path === undefined || !existsSync(path)) return;
    for (const text of readFileSync(path, 'utf8').split('\n').filter(Boolean)) {
      const line: KeptRun & { readonly key: string } = JSON.parse(text);
      this.runs.set(line.key, line);
    }
  }

  /** @param key says all that the run depends on. */
  async get(key: string, run: () => Promise<KeptRun>): Promise<KeptRun> {
    const known = this.runs.get(key);
    if (known !== undefined) return known;
    const { told, values } = await run();
    this.runs.set(key, { told, values });
    if (this.path !== undefined) appendFileSync(this.path, `${JSON.stringify({ key, told, values })}\n`);
    return { told, values };
  }
}
