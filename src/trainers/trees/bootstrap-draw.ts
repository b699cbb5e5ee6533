import type { Random } from '../../random.js';
import type { ForestOptions } from './forest-parameters.js';
import type { ForestRows } from './forest-rows.js';
import { scaledWeights, type TreeTrainingSet } from './tree-training-set.js';

/** Which rows a tree learns from, and with which weight: a row drawn twice has twice the weight. */
export class BootstrapDraw {
  private readonly set: TreeTrainingSet;
  private readonly options: ForestOptions;
  private readonly rows: ForestRows;
  private readonly weights: Float64Array | undefined;
  /** What the weights of each class are multiplied by. */
  private readonly classFactors: Float64Array;

  constructor(set: TreeTrainingSet, options: ForestOptions, rows: ForestRows) {
    this.set = set;
    this.options = options;
    this.rows = rows;
    this.weights = scaledWeights(set);
    this.classFactors = new Float64Array(Math.max(2, set.classCount ?? 0)).fill(1);
    this.takeAll();
    if (options.classWeight === 'balanced') this.balance();
  }

  /** Puts the rows of the next tree at their places. @returns how many there are. */
  next(random: Random): number {
    const { weights, classFactors } = this;
    const { places, moments } = this.rows;
    const { rows, target } = this.set;
    if (this.options.bootstrap) this.draw(random);
    else this.takeAll();
    if (this.options.classWeight === 'balanced_subsample') this.balance();
    const weighted = this.options.classWeight !== null;
    let placed = 0;
    for (let i = 0; i < rows.length; i++) {
      const count = moments[2 * i + 1]!;
      if (count === 0) continue;
      places[placed++] = i;
      if (weights === undefined && !weighted) continue;
      let weight = weights === undefined ? count : count * weights[i]!;
      if (weighted) weight *= classFactors[target[rows[i]!]!]!;
      moments[2 * i + 1] = weight;
    }
    return placed;
  }

  private takeAll(): void {
    const { moments } = this.rows;
    for (let i = 1; i < moments.length; i += 2) moments[i] = 1;
  }

  /** Counts where the weights belong: at many rows an array apart would count. */
  private draw(random: Random): void {
    const { moments } = this.rows;
    for (let i = 1; i < moments.length; i += 2) moments[i] = 0;
    const share = moments.length / 2 / 4294967296;
    for (let i = this.options.drawnRows; i > 0; i--) moments[2 * Math.floor(random.uint32() * share) + 1]! += 1;
  }

  /** Factors inversely proportional to how often each class was drawn: n / (classes x count). */
  private balance(): void {
    const { classFactors } = this;
    const { moments } = this.rows;
    const { rows, target } = this.set;
    classFactors.fill(0);
    let total = 0;
    for (let i = 0; i < rows.length; i++) {
      classFactors[target[rows[i]!]!]! += moments[2 * i + 1]!;
      total += moments[2 * i + 1]!;
    }
    let present = 0;
    for (let c = 0; c < classFactors.length; c++) if (classFactors[c]! > 0) present++;
    for (let c = 0; c < classFactors.length; c++) {
      classFactors[c] = classFactors[c]! > 0 ? total / (present * classFactors[c]!) : 0;
    }
  }
}
