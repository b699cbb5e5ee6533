/** A binary heap: greatest priority first, among equal ones the earliest added. */
export class PriorityQueue<T> {
  private readonly items: { readonly item: T; readonly priority: number; readonly order: number }[] = [];
  private added = 0;

  push(item: T, priority: number): void {
    const { items } = this;
    items.push({ item, priority, order: this.added++ });
    this.rise(items.length - 1);
  }

  pop(): T | undefined {
    const { items } = this;
    const first = items[0];
    if (first === undefined) return undefined;
    const last = items.pop()!;
    if (items.length > 0) {
      items[0] = last;
      this.sink();
    }
    return first.item;
  }

  get size(): number {
    return this.items.length;
  }

  /** Takes out the item that would be popped last; costs as much as there are items. */
  dropLast(): T | undefined {
    const { items } = this;
    if (items.length === 0) return undefined;
    // It has no others below it.
    let last = items.length >> 1;
    for (let place = last + 1; place < items.length; place++) if (this.precedes(last, place)) last = place;
    const dropped = items[last]!;
    const moved = items.pop()!;
    if (moved !== dropped) {
      items[last] = moved;
      this.rise(last);
    }
    return dropped.item;
  }

  private rise(from: number): void {
    let place = from;
    while (place > 0 && this.precedes(place, (place - 1) >> 1)) {
      this.swap(place, (place - 1) >> 1);
      place = (place - 1) >> 1;
    }
  }

  private sink(): void {
    let place = 0;
    for (;;) {
      let first = place;
      for (const child of [2 * place + 1, 2 * place + 2]) {
        if (child < this.items.length && this.precedes(child, first)) first = child;
      }
      if (first === place) return;
      this.swap(place, first);
      place = first;
    }
  }

  private precedes(a: number, b: number): boolean {
    const x = this.items[a]!;
    const y = this.items[b]!;
    return x.priority > y.priority || (x.priority === y.priority && x.order < y.order);
  }

  private swap(a: number, b: number): void {
    const item = this.items[a]!;
    this.items[a] = this.items[b]!;
    this.items[b] = item;
  }
}
