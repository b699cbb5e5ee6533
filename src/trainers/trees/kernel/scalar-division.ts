import { LEAST_WEIGHT_SHARE } from './division-rules.js';
import type { KernelViews } from './kernel-views.js';
import { RESULT_ADDRESS } from './memory-layout.js';

/** The best division of a node, which it keeps where the kernel says its results. */
export class ScalarDivision {
  private readonly words: Int32Array;
  private readonly doubles: Float64Array;
  private leastRows = 1;
  private rows = 0;
  private weight = 0;

  constructor({ words, doubles }: KernelViews) {
    this.words = words;
    this.doubles = doubles;
  }

  /** @param leastRows fewest rows of a side. @param rows of the node, as its weight. @param score to beat. */
  begin(leastRows: number, rows: number, weight: number, score: number): void {
    this.leastRows = leastRows;
    this.rows = rows;
    this.weight = weight;
    this.doubles[RESULT_ADDRESS / 8] = score;
  }

  /** Keeps a division that is allowed and better. @param weight of the left side, as `rows` and `largerLeft`. */
  consider(score: number, weight: number, rows: number, code: number, next: number, largerLeft: boolean): void {
    if (!(score > this.doubles[RESULT_ADDRESS / 8]!)) return;
    if (rows < this.leastRows || this.rows - rows < this.leastRows) return;
    if (!(this.weight - weight > LEAST_WEIGHT_SHARE * this.weight) || !(weight > 0)) return;
    this.doubles[RESULT_ADDRESS / 8] = score;
    this.words.set([code, next, largerLeft ? 1 : 0], RESULT_ADDRESS / 4 + 6);
  }
}
