import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StorageError } from '../errors.js';
import type { EvaluationPlan } from '../validation/evaluation-plan.js';
import { boundCache, DEFAULT_CACHE_BOUND_BYTES, PLAN_EXTENSION, UNFINISHED_EXTENSION } from './cache-entries.js';
import { defaultCacheFolder } from './cache-folder.js';
import { holdsPlan, writePlanFile } from './plan-file.js';
import { type EncodedPlan, encodePlan } from './plan-file-format.js';

export interface PlanCacheOptions {
  /** Default: `defaultCacheFolder()`. */
  readonly folder?: string;
  /** Used where `folder` cannot be written; default: the system's. */
  readonly temporaryFolder?: string;
  /** Of all files of the cache; the plan's own stays whatever it takes. Default: 2 GiB. */
  readonly boundBytes?: number;
}

/** A plan as a file of the cache, from which other processes read it. */
export class StoredPlan {
  readonly hash: string;
  private readonly plan: EvaluationPlan;
  private readonly options: Required<PlanCacheOptions>;
  private stored: Promise<string> | undefined;
  /** Of our own, where the cache could not be written. */
  private temporary: string | undefined;

  constructor(plan: EvaluationPlan, options: PlanCacheOptions = {}) {
    this.plan = plan;
    this.hash = plan.hash;
    this.options = {
      folder: options.folder ?? defaultCacheFolder(),
      temporaryFolder: options.temporaryFolder ?? tmpdir(),
      boundBytes: options.boundBytes ?? DEFAULT_CACHE_BOUND_BYTES,
    };
  }

  /** Its file, written if it is not there. @throws StorageError when there is no place for it. */
  file(): Promise<string> {
    this.stored ??= this.store(false);
    return this.stored;
  }

  /** Writes it over what is there, which a reader found missing or damaged. @throws StorageError */
  async rewrite(): Promise<string> {
    this.stored = this.store(true);
    return await this.stored;
  }

  /** The cache keeps the file for other studies; one in a temporary folder goes. */
  async release(): Promise<void> {
    await this.stored?.catch(() => undefined);
    if (this.temporary !== undefined) await rm(this.temporary, { recursive: true, force: true });
  }

  private async store(anew: boolean): Promise<string> {
    const encoded = encodePlan(this.plan);
    const { folder, boundBytes } = this.options;
    try {
      const file = await this.write(folder, encoded, anew);
      await markUsed(file);
      bound(folder, boundBytes, file);
      return file;
    } catch (error) {
      return await this.storeTemporarily(encoded, anew, error as Error);
    }
  }

  private async storeTemporarily(encoded: EncodedPlan, anew: boolean, problem: Error): Promise<string> {
    const { folder, temporaryFolder } = this.options;
    try {
      this.temporary ??= await mkdtemp(join(temporaryFolder, 'concurrent-ml-'));
      return await this.write(this.temporary, encoded, anew);
    } catch (error) {
      const second = (error as Error).message;
      throw new StorageError(`the data for worker processes cannot be stored: ${problem.message}; ${second}`, {
        hint: `They need ${encoded.bytes} bytes in ${folder} (or where CML_CACHE says) or in ${temporaryFolder}.`,
        cause: error,
      });
    }
  }

  private async write(folder: string, encoded: EncodedPlan, anew: boolean): Promise<string> {
    const file = join(folder, `${this.hash}${PLAN_EXTENSION}`);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (anew || !(await holdsPlan(file, encoded))) {
      await writePlanFile(file, encoded, `${file}.${randomUUID()}${UNFINISHED_EXTENSION}`);
    }
    return file;
  }
}

/** The date says when it was last used: what goes first when space is short. A cache that is only read has none. */
async function markUsed(file: string): Promise<void> {
  const now = new Date();
  await utimes(file, now, now).catch(() => undefined);
}

/** The study goes on also where nothing can be deleted. */
function bound(folder: string, boundBytes: number, keep: string): void {
  try {
    boundCache(folder, boundBytes, [keep]);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
  }
}
