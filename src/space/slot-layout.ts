import type { ParameterValue, Params } from '../trial.js';
import { activationOrder } from './activation-order.js';
import { Condition, type SlotValues } from './condition.js';
import type { Constraint } from './constraint.js';
import type { Parameter } from './parameter.js';

/** Where each parameter of a space stands: a slot each, in the file's order, with what decides whether it is active. */
export class SlotLayout {
  readonly names: readonly string[];
  readonly constraints: readonly Condition[];
  /** Slots, each after those that its condition reads; the file's order wherever conditions leave a choice. */
  readonly order: readonly number[];
  /** The same, a parameter as soon as its condition is known, so that few conditions are open at a time. */
  readonly nestedOrder: readonly number[];
  private readonly slotOf: ReadonlyMap<string, number>;
  /** By slot; undefined for a parameter that is always active. */
  private readonly conditions: readonly (Condition | undefined)[];

  /** @throws SpaceError when conditions form a circle. */
  constructor(parameters: readonly Parameter[], constraints: readonly Constraint[]) {
    this.names = parameters.map(({ name }) => name);
    this.slotOf = new Map(this.names.map((name, slot) => [name, slot]));
    this.conditions = parameters.map(({ when }) => (when === undefined ? undefined : new Condition(when, this.slotOf)));
    this.constraints = constraints.map(({ expression }) => new Condition(expression, this.slotOf));
    const inputs = this.names.map((_, slot) => this.conditionSlots(slot));
    this.order = activationOrder(this.names, inputs, 'first');
    this.nestedOrder = activationOrder(this.names, inputs, 'latest');
  }

  has(name: string): boolean {
    return this.slotOf.has(name);
  }

  /** The slots that decide whether a parameter is active. */
  conditionSlots(slot: number): readonly number[] {
    return this.conditions[slot]?.slots ?? [];
  }

  /** @param values holds at least the parameters that the condition reads. */
  isActive(slot: number, values: SlotValues): boolean {
    const condition = this.conditions[slot];
    return condition === undefined || condition.activates(values);
  }

  emptyValues(): SlotValues {
    return new Array(this.names.length).fill(undefined);
  }

  /** The given values of the active parameters. */
  activeValues(params: Params): SlotValues {
    const values = this.emptyValues();
    for (const slot of this.order) if (this.isActive(slot, values)) values[slot] = this.given(params, slot);
    return values;
  }

  /** Own properties only: a parameter may be called `constructor`. */
  given(params: Params, slot: number): ParameterValue | undefined {
    const name = this.names[slot]!;
    return Object.hasOwn(params, name) ? params[name] : undefined;
  }

  toParams(values: SlotValues): Params {
    const params: Record<string, ParameterValue> = {};
    for (let slot = 0; slot < values.length; slot++) {
      const value = values[slot];
      if (value !== undefined) params[this.names[slot]!] = value;
    }
    return params;
  }
}
