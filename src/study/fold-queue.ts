/** A queue from whose front something may be taken past what cannot go yet, but not for long. */
export class FoldQueue<T> {
  private items: T[] = [];
  private head = 0;
  private passes = 0;
  private readonly mostPasses: number;

  /** @param mostPasses how often the first may be passed by before nothing else goes. */
  constructor(mostPasses: number) {
    this.mostPasses = mostPasses;
  }

  get isEmpty(): boolean {
    return this.head === this.items.length;
  }

  push(item: T): void {
    this.items.push(item);
  }

  /** Whether `take` would give one. */
  has(goes: (item: T) => boolean): boolean {
    return this.find(goes) !== undefined;
  }

  /** The first that goes; undefined when there is none, or the first of all has waited long enough. */
  take(goes: (item: T) => boolean): T | undefined {
    const at = this.find(goes);
    if (at === undefined) return undefined;
    const item = this.items[at]!;
    if (at === this.head) {
      this.head++;
      this.passes = 0;
    } else {
      this.items.splice(at, 1);
      this.passes++;
    }
    if (this.head === this.items.length) this.keep(() => false);
    return item;
  }

  /** Leaves out what is not kept. */
  keep(kept: (item: T) => boolean): void {
    this.items = this.items.slice(this.head).filter(kept);
    this.head = 0;
  }

  private find(goes: (item: T) => boolean): number | undefined {
    const last = this.passes < this.mostPasses ? this.items.length : Math.min(this.head + 1, this.items.length);
    for (let at = this.head; at < last; at++) if (goes(this.items[at]!)) return at;
    return undefined;
  }
}
