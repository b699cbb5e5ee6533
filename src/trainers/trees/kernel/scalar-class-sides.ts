/** Class and weight of a row. */
export type ClassWeight = readonly [classIndex: number, weight: number];

/** The two sides of a node as rows move from the right to the left: sums of squared class weights, row by row. */
export class SortedSides {
  weight = 0;
  leftSum = 0;
  rightSum: number;
  private readonly whole: Float64Array;
  private readonly left: Float64Array;

  /** @param whole weight of each class. @param wholeSum sum of their squares. */
  constructor(whole: Float64Array, wholeSum: number) {
    this.whole = whole;
    this.left = new Float64Array(whole.length);
    this.rightSum = wholeSum;
  }

  move(rows: readonly ClassWeight[]): void {
    for (const [classIndex, weight] of rows) {
      const before = this.left[classIndex]!;
      const right = this.whole[classIndex]! - before;
      this.left[classIndex] = before + weight;
      this.weight += weight;
      this.leftSum += weight * (2 * before + weight);
      this.rightSum -= weight * (2 * right - weight);
    }
  }
}

/** The same, class by class: even classes and odd ones are summed up apart. */
export class SummedSides {
  leftSum = 0;
  rightSum = 0;
  private readonly weights = [0, 0];
  private readonly whole: Float64Array;
  private readonly left: Float64Array;

  constructor(whole: Float64Array) {
    this.whole = whole;
    this.left = new Float64Array(whole.length);
  }

  get weight(): number {
    return this.weights[0]! + this.weights[1]!;
  }

  move(rows: readonly ClassWeight[]): void {
    const more = new Float64Array(this.whole.length);
    for (const [classIndex, weight] of rows) more[classIndex]! += weight;
    const leftSums = [0, 0];
    const rightSums = [0, 0];
    for (let c = 0; c < more.length; c++) {
      this.left[c]! += more[c]!;
      this.weights[c & 1]! += more[c]!;
      leftSums[c & 1]! += this.left[c]! * this.left[c]!;
      const right = this.whole[c]! - this.left[c]!;
      rightSums[c & 1]! += right * right;
    }
    this.leftSum = leftSums[0]! + leftSums[1]!;
    this.rightSum = rightSums[0]! + rightSums[1]!;
  }
}
