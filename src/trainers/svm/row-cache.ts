import type { KernelMatrix } from './kernel-matrix.js';
import type { RowMemory } from './row-memory.js';

/**
 * Rows of a kernel matrix, kept in single precision, least recently used ones dropped. Their columns can be narrowed to
 * the variables still at work: rows then are computed for those only, and lie close together in memory.
 */
export class RowCache {
  private readonly matrix: KernelMatrix;
  private readonly memory: RowMemory;
  private readonly size: number;
  private readonly capacity: number;
  private readonly slots: Float32Array[] = [];
  /** Row -> slot, or -1. */
  private readonly slotOf: Int32Array;
  private readonly rowOf: Int32Array;
  /** Doubly linked list over slots, most recent first. */
  private readonly next: Int32Array;
  private readonly previous: Int32Array;
  /** How many slots hold a row. */
  private used = 0;
  private first = -1;
  private last = -1;

  /** Keeps what the memory allows, two rows at least. */
  constructor(matrix: KernelMatrix, memory: RowMemory) {
    this.matrix = matrix;
    this.memory = memory;
    this.size = matrix.points.rows;
    this.capacity = Math.min(this.size, Math.max(2, Math.floor(memory.limitBytes / (4 * Math.max(1, this.size)))));
    this.slotOf = new Int32Array(this.size).fill(-1);
    this.rowOf = new Int32Array(this.capacity);
    this.next = new Int32Array(this.capacity);
    this.previous = new Int32Array(this.capacity);
  }

  /** Valid at least until the second next call. Never written to by the caller. */
  row(i: number): Float32Array {
    const slot = this.slotOf[i]!;
    if (slot >= 0) {
      if (slot !== this.first) {
        this.unlink(slot);
        this.pushFirst(slot);
      }
      return this.slots[slot]!;
    }
    return this.fill(i);
  }

  /** @param columns the variables that stay. @param places where they stand in the rows now, ascending. */
  narrow(columns: Int32Array, places: Int32Array): void {
    this.matrix.restrict(columns);
    for (let slot = this.first; slot >= 0; slot = this.next[slot]!) {
      const values = this.slots[slot]!;
      for (let k = 0; k < places.length; k++) values[k] = values[places[k]!]!;
    }
  }

  /** Back to all columns. */
  widen(): void {
    this.matrix.restrict(undefined);
    this.slotOf.fill(-1);
    this.used = 0;
    this.first = -1;
    this.last = -1;
  }

  private fill(i: number): Float32Array {
    let slot = this.used;
    if (slot < this.capacity) {
      this.slots[slot] ??= this.memory.slot(slot, this.size);
      this.used++;
    } else {
      slot = this.last;
      this.unlink(slot);
      this.slotOf[this.rowOf[slot]!] = -1;
    }
    this.slotOf[i] = slot;
    this.rowOf[slot] = i;
    this.pushFirst(slot);
    const values = this.slots[slot]!;
    this.matrix.row(i, values);
    return values;
  }

  private unlink(slot: number): void {
    const before = this.previous[slot]!;
    const after = this.next[slot]!;
    if (before >= 0) this.next[before] = after;
    else this.first = after;
    if (after >= 0) this.previous[after] = before;
    else this.last = before;
  }

  private pushFirst(slot: number): void {
    this.previous[slot] = -1;
    this.next[slot] = this.first;
    if (this.first >= 0) this.previous[this.first] = slot;
    else this.last = slot;
    this.first = slot;
  }
}
