import { spawnSync } from 'node:child_process';
import { register } from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { reasonOf } from '../validation/objective-result.js';
import type { ObjectiveModule, TrainerModule } from './module-types.js';

/** Without data a module is the objective, with data a trainer. */
export interface UserModules {
  readonly objective: ObjectiveModule;
  readonly trainer: TrainerModule;
}

const WANTED: Readonly<Record<keyof UserModules, { readonly name: string; readonly rule: string }>> = {
  objective: { name: 'evaluate', rule: 'without data, a module must export evaluate(params, context)' },
  trainer: { name: 'fit', rule: 'with data, a module must export fit(train, params, context)' },
};

const TYPESCRIPT = new Set(['.ts', '.mts', '.cts']);

/** Imports users' modules: JavaScript, or TypeScript whose types can be erased, by Node itself where it can. */
export class ModuleLoader {
  private strips = false;

  /**
   * @param file absolute. @param kind what the study needs of it.
   * @throws Error with what is wrong with the module, for the reason of a failed trial.
   */
  async load<K extends keyof UserModules>(file: string, kind: K): Promise<UserModules[K]> {
    if (TYPESCRIPT.has(extname(file))) this.stripTypes();
    let exported: Readonly<Record<string, unknown>>;
    try {
      exported = await import(pathToFileURL(file).href);
    } catch (thrown) {
      throw new Error(`the module cannot be loaded: ${reasonOf(thrown)} (${placeOf(thrown, file)})`, { cause: thrown });
    }
    for (const candidate of [exported, exported.default]) if (isModule(candidate, kind)) return candidate;
    const names = Object.keys(exported).join(', ') || 'nothing';
    throw new Error(`${WANTED[kind].rule}; it exports ${names} (${file})`);
  }

  /** Node strips types by itself from 22.18 on; before that, its own transformer does it as a package. */
  private stripTypes(): void {
    const { typescript } = process.features as { readonly typescript?: false | string };
    if (this.strips || (typescript !== undefined && typescript !== false)) return;
    this.strips = true;
    register(new URL('../user-code/strip-types.js', import.meta.url));
  }
}

function isModule<K extends keyof UserModules>(exported: unknown, kind: K): exported is UserModules[K] {
  if (typeof exported !== 'object' || exported === null) return false;
  return typeof (exported as Readonly<Record<string, unknown>>)[WANTED[kind].name] === 'function';
}

/** The file, with the line of a syntax error, which may be in a file that the module imports. */
function placeOf(thrown: unknown, file: string): string {
  if (!(thrown instanceof SyntaxError)) return file;
  const [, place, line] = PLACE.exec(String(thrown.stack)) ?? PLACE.exec(complaintOf(file, thrown.message)) ?? [];
  if (place === undefined || line === undefined) return file;
  return `${place.startsWith('file:') ? fileURLToPath(place) : place}:${line}`;
}

/** What Node writes above the stack of a syntax error. */
const PLACE = /^(\S.*):(\d+)\n/;
const CHECK_TIMEOUT_MS = 5000;

/** Of an ES module, Node tells the line only when it prints the error itself. @returns empty where it finds another. */
function complaintOf(file: string, message: string): string {
  if (TYPESCRIPT.has(extname(file))) return '';
  const options = { encoding: 'utf8', timeout: CHECK_TIMEOUT_MS } as const;
  const { stderr } = spawnSync(process.execPath, ['--check', file], options);
  return stderr?.includes(`SyntaxError: ${message}\n`) ? stderr : '';
}
