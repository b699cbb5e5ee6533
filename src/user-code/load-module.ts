import { register } from 'node:module';
import { extname } from 'node:path';
import { pathToFileURL } from 'node:url';
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
      throw new Error(`the module cannot be loaded: ${reasonOf(thrown)} (${file})`, { cause: thrown });
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
