import type { ParameterValue } from '../trial.js';
import { holds } from './expression-evaluation.js';
import type { Expression } from './expression-syntax.js';
import { expressionNames } from './expression-syntax.js';

/** The values of a space's parameters by slot (their place in the file); undefined for an inactive one. */
export type SlotValues = (ParameterValue | undefined)[];

/** An expression bound to the slots of a space. */
export class Condition {
  /** The parameters it reads. */
  readonly slots: readonly number[];
  private readonly expression: Expression;
  private readonly slotOf: ReadonlyMap<string, number>;

  constructor(expression: Expression, slotOf: ReadonlyMap<string, number>) {
    this.expression = expression;
    this.slotOf = slotOf;
    this.slots = expressionNames(expression).map((name) => slotOf.get(name)!);
  }

  /** As a `when`: false where it reads an inactive parameter. */
  activates(values: SlotValues): boolean {
    return !this.readsInactive(values) && this.holds(values);
  }

  /** As a constraint: true where it reads an inactive parameter. */
  allows(values: SlotValues): boolean {
    return this.readsInactive(values) || this.holds(values);
  }

  private readsInactive(values: SlotValues): boolean {
    for (const slot of this.slots) if (values[slot] === undefined) return true;
    return false;
  }

  private holds(values: SlotValues): boolean {
    return holds(this.expression, (name) => values[this.slotOf.get(name)!]);
  }
}
