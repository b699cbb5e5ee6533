import type { ParameterValue, Params } from '../trial.js';
import type { Condition, SlotValues } from './condition.js';
import type { PointSet } from './point-set.js';
import type { SlotLayout } from './slot-layout.js';

/** Work after which a tree counts as too entangled to be counted: about a second. */
const MAX_STEPS = 3_000_000;
/** Subtrees remembered at the most: about 100 MB. */
const MAX_STATES = 600_000;

/**
 * All feasible configurations of a space with finitely many points, as a tree with a level a parameter. An inactive
 * parameter has a single branch, so what differs only in inactive values is one configuration. Subtrees that look the
 * same from below (what later conditions and constraints read is equal) are counted once, so a count, and the
 * configuration at a rank, take time in the order of the distinct subtrees and not of the configurations.
 */
export class ConfigurationTree {
  private readonly layout: SlotLayout;
  /** By slot. */
  private readonly points: readonly PointSet[];
  /** Slots; the last one runs fastest. */
  private readonly order: readonly number[];
  /** By level: the constraints whose last parameter stands there. */
  private readonly closing: readonly (readonly Condition[])[];
  /** By level: the slots placed before it that something from there on reads. */
  private readonly open: readonly (readonly number[])[];
  /** By slot: whether any condition or constraint reads it. */
  private readonly isRead: readonly boolean[];
  private readonly memory: readonly Map<string, bigint>[];
  private steps = 0;
  private states = 0;
  private counted: { readonly result: bigint | 'infinite' | undefined } | undefined;

  /**
   * @param points the values to take, by slot.
   * @param order slots, each after those that its condition reads.
   * @param constraints those to keep.
   */
  constructor(
    layout: SlotLayout,
    points: readonly PointSet[],
    order: readonly number[],
    constraints: readonly Condition[],
  ) {
    this.layout = layout;
    this.points = points;
    this.order = order;
    const levelOf = new Map(order.map((slot, level) => [slot, level]));
    const lastLevel = (condition: Condition) => Math.max(0, ...condition.slots.map((slot) => levelOf.get(slot)!));
    const readers = [
      ...order.flatMap((slot, level) => ({ level, slots: layout.conditionSlots(slot) })),
      ...constraints.map((constraint) => ({ level: lastLevel(constraint), slots: constraint.slots })),
    ];
    const lastRead = new Map<number, number>();
    for (const { level, slots } of readers) {
      for (const slot of slots) lastRead.set(slot, Math.max(level, lastRead.get(slot) ?? 0));
    }
    this.closing = order.map((_, level) => constraints.filter((constraint) => lastLevel(constraint) === level));
    this.open = order.map((_, level) => order.slice(0, level).filter((slot) => (lastRead.get(slot) ?? -1) >= level));
    this.isRead = layout.names.map((_, slot) => lastRead.has(slot));
    this.memory = order.map(() => new Map());
  }

  /** How many configurations there are; undefined when conditions and constraints entangle too many values to count. */
  get count(): bigint | 'infinite' | undefined {
    this.counted ??= { result: this.countAll() };
    return this.counted.result;
  }

  /** The configuration at a rank, in the order of `enumerate`. @param rank 0n … count - 1n; `count` must be known. */
  at(rank: bigint): Params {
    const values = this.layout.emptyValues();
    let rest = rank;
    for (const [level, slot] of this.order.entries()) {
      // Counting below an earlier level has left its own values here.
      values[slot] = undefined;
      if (!this.layout.isActive(slot, values)) continue;
      const set = this.points[slot]!;
      if (!this.isRead[slot]) {
        const below = this.below(level, set.valueAt(0), values);
        values[slot] = set.valueAt(Number(rest / below));
        rest %= below;
        continue;
      }
      for (let index = 0; index < set.count; index++) {
        const below = this.below(level, set.valueAt(index), values);
        if (rest < below) break;
        rest -= below;
      }
    }
    return this.layout.toParams(values);
  }

  /** All configurations in order, in constant memory. */
  *enumerate(): Generator<Params> {
    const { layout, order, points } = this;
    const last = order.length - 1;
    const values = layout.emptyValues();
    const isActive = new Array<boolean>(order.length).fill(false);
    const index = new Array<number>(order.length).fill(-1);
    let level = 0;
    if (last >= 0) isActive[0] = layout.isActive(order[0]!, values);
    else yield {};
    while (level >= 0 && last >= 0) {
      const slot = order[level]!;
      const set = points[slot]!;
      const next = ++index[level]!;
      if (next >= (isActive[level] ? set.count : 1)) {
        level--;
        continue;
      }
      values[slot] = isActive[level] ? set.valueAt(next) : undefined;
      if (!this.allowed(level, values)) continue;
      if (level === last) {
        yield this.layout.toParams(values);
      } else {
        level++;
        index[level] = -1;
        isActive[level] = layout.isActive(order[level]!, values);
      }
    }
  }

  private countAll(): bigint | 'infinite' | undefined {
    try {
      return this.countFrom(0, this.layout.emptyValues());
    } catch (error) {
      if (error instanceof CountStopped) return error.result;
      throw error;
    }
  }

  private countFrom(level: number, values: SlotValues): bigint {
    const { order, points } = this;
    if (level === order.length) return 1n;
    const memory = this.memory[level]!;
    const key = this.stateKey(level, values);
    const remembered = memory.get(key);
    if (remembered !== undefined) return remembered;

    if (++this.states > MAX_STATES) throw new CountStopped(undefined);
    const slot = order[level]!;
    const set = points[slot]!;
    let total = 0n;
    if (!this.layout.isActive(slot, values)) {
      total = this.below(level, undefined, values);
    } else if (set.count === Number.POSITIVE_INFINITY) {
      throw new CountStopped('infinite');
    } else if (this.isRead[slot]) {
      for (let index = 0; index < set.count; index++) {
        if (++this.steps > MAX_STEPS) throw new CountStopped(undefined);
        total += this.below(level, set.valueAt(index), values);
      }
    } else {
      total = BigInt(set.count) * this.below(level, set.valueAt(0), values);
    }
    memory.set(key, total);
    return total;
  }

  /** The configurations below a value of the parameter at a level, which stays placed in `values`. */
  private below(level: number, value: ParameterValue | undefined, values: SlotValues): bigint {
    values[this.order[level]!] = value;
    return this.allowed(level, values) ? this.countFrom(level + 1, values) : 0n;
  }

  private stateKey(level: number, values: SlotValues): string {
    let key = '';
    for (const slot of this.open[level]!) {
      const value = values[slot];
      key += typeof value === 'number' ? `${value},` : `${value === undefined ? '' : JSON.stringify(value)},`;
    }
    return key;
  }

  private allowed(level: number, values: SlotValues): boolean {
    for (const constraint of this.closing[level]!) if (!constraint.allows(values)) return false;
    return true;
  }
}

/** Ends a count from within its recursion. */
class CountStopped extends Error {
  readonly result: 'infinite' | undefined;

  constructor(result: 'infinite' | undefined) {
    super('count stopped');
    this.result = result;
  }
}
