/**
 * Collects the k nearest rows of a search: takes every row that may be one of them, and throws the farthest away when
 * its room is used up, which costs a fraction of keeping a list in order. Among equal distances the lower row is nearer.
 */
export class NearestList {
  /** After `finish`, the first k entries, in no order. */
  readonly distances: Float64Array;
  readonly rows: Int32Array;
  readonly k: number;
  /** A row farther than this is none of the k nearest. */
  bound = Number.POSITIVE_INFINITY;
  private count = 0;

  constructor(k: number) {
    this.k = k;
    this.distances = new Float64Array(Math.max(2 * k + 16, 128));
    this.rows = new Int32Array(Math.max(2 * k + 16, 128));
  }

  clear(): void {
    this.count = 0;
    this.bound = Number.POSITIVE_INFINITY;
  }

  /** @param distance at most `bound`. */
  add(distance: number, row: number): void {
    this.distances[this.count] = distance;
    this.rows[this.count++] = row;
    if (this.count === this.distances.length) this.finish();
  }

  /** Leaves the k nearest, and sets `bound` to the farthest of them; more rows may follow. */
  finish(): void {
    if (this.count < this.k) return;
    const { distances, k } = this;
    if (this.count > k) selectFirst(distances, this.rows, this.count, k);
    this.count = k;
    let farthest = distances[0]!;
    for (let i = 1; i < k; i++) if (distances[i]! > farthest) farthest = distances[i]!;
    this.bound = farthest;
  }
}

/**
 * Brings the `wanted` nearest of the first `count` pairs to the front, in no order: quickselect with the median of three
 * (Hoare, Algorithm 65: Find, CACM 1961).
 */
function selectFirst(distances: Float64Array, rows: Int32Array, count: number, wanted: number): void {
  let start = 0;
  let end = count - 1;
  while (start < end) {
    const middle = (start + end) >> 1;
    orderPair(distances, rows, start, middle);
    orderPair(distances, rows, start, end);
    orderPair(distances, rows, middle, end);
    const pivot = distances[middle]!;
    const pivotRow = rows[middle]!;
    let left = start;
    let right = end;
    while (left <= right) {
      while (distances[left]! < pivot || (distances[left] === pivot && rows[left]! < pivotRow)) left++;
      while (distances[right]! > pivot || (distances[right] === pivot && rows[right]! > pivotRow)) right--;
      if (left <= right) swap(distances, rows, left++, right--);
    }
    // What lies between the two is the pivot, in its place.
    if (wanted <= right) end = right;
    else if (wanted > left) start = left;
    else return;
  }
}

function orderPair(distances: Float64Array, rows: Int32Array, first: number, second: number): void {
  const later = distances[first]! > distances[second]!;
  if (later || (distances[first] === distances[second] && rows[first]! > rows[second]!)) {
    swap(distances, rows, first, second);
  }
}

function swap(distances: Float64Array, rows: Int32Array, first: number, second: number): void {
  const distance = distances[first]!;
  const row = rows[first]!;
  distances[first] = distances[second]!;
  rows[first] = rows[second]!;
  distances[second] = distance;
  rows[second] = row;
}
