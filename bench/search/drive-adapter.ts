import type { History, Sampler, SamplerDefinition } from '../../src/samplers/sampler.js';
import { parseExpression } from '../../src/space/expression.js';
import type { Domain, Parameter } from '../../src/space/parameter.js';
import { Space } from '../../src/space/space.js';
import type { EndedTrial, Goal, Params } from '../../src/trial.js';

/** A parameter as search benchmarks describe it; `when` holds where another parameter has one value. */
export interface BenchParameter {
  readonly name: string;
  readonly type: 'float' | 'int' | 'categorical';
  readonly low?: number;
  readonly high?: number;
  readonly log?: boolean;
  readonly step?: number;
  readonly choices?: readonly (string | number | boolean)[];
  readonly when?: { readonly param: string; readonly equals: string | number | boolean };
}

export function createSpace(parameters: readonly BenchParameter[]): Space {
  return Space.create(
    parameters.map((parameter): Parameter => {
      const { name, when } = parameter;
      const domain = domainOf(parameter);
      if (when === undefined) return { name, domain };
      const value = typeof when.equals === 'string' ? `'${when.equals}'` : String(when.equals);
      return { name, domain, when: parseExpression(`${when.param} == ${value}`) };
    }),
    [],
  );
}

function domainOf({ type, low = 0, high = 1, log = false, step, choices = [] }: BenchParameter): Domain {
  if (type === 'categorical') return { kind: 'categorical', values: choices, ordered: false };
  if (type === 'int') return { kind: 'int', min: low, max: high, log, step: step ?? 1 };
  return { kind: 'float', min: low, max: high, log, ...(step === undefined ? {} : { step }) };
}

/**
 * A study without folds: what was told is readable, what was asked and not yet told is in flight. `ask` and `tell` take
 * and give trial numbers, as the caller sees fit to order them.
 */
export class AskTell {
  readonly ended: EndedTrial[] = [];
  private readonly space: Space;
  private readonly sampler: Sampler;
  private readonly pending = new Map<number, Params>();
  private readonly keys = new Set<string>();
  private asked = 0;

  constructor(space: Space, definition: SamplerDefinition, seed: number, trials: number | undefined, goal: Goal) {
    this.space = space;
    this.sampler = definition.create({ space, seed, trials, goal });
  }

  ask(): { readonly id: number; readonly params: Params } {
    const id = this.asked++;
    const params = this.sampler.suggest(id, this.history());
    if (params === undefined) throw new Error(`the space is exhausted after ${id} trials`);
    this.keys.add(this.space.key(params));
    this.pending.set(id, params);
    return { id, params };
  }

  tell(id: number, value: number): void {
    const params = this.pending.get(id)!;
    this.pending.delete(id);
    const place = this.ended.findIndex(({ number }) => number > id);
    const trial: EndedTrial = Number.isFinite(value)
      ? { number: id, params, state: 'completed', score: value, reason: undefined, folds: [] }
      : { number: id, params, state: 'failed', score: undefined, reason: 'not a finite number', folds: [] };
    this.ended.splice(place === -1 ? this.ended.length : place, 0, trial);
  }

  private history(): History {
    const pending = [...this.pending].map(([number, params]) => ({ number, params }));
    return { ended: [...this.ended], pending, has: (key) => this.keys.has(key) };
  }
}
