import type { Random } from '../../../random.js';
import { scaledWeights, type TreeTrainingSet } from '../bins/tree-training-set.js';
import type { ForestOptions } from './forest-options.js';
import type { ForestRows } from './forest-rows.js';

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
    const { kernel, momentsAddress, placesAddress } = this.rows;
    if (this.options.bootstrap) this.draw(random);
    else this.takeAll();
    if (this.options.classWeight === 'balanced_subsample') this.balance();
    const placed = kernel.placeRows(momentsAddress, this.set.rows.length, placesAddress);
    if (this.weights !== undefined || this.options.classWeight !== null) this.weigh(placed);
    return placed;
  }

  private takeAll(): void {
    const { moments } = this.rows;
    for (let i = 1; i < moments.length; i += 2) moments[i] = 1;
  }

  private draw(random: Random): void {
    const { kernel, drawing, drawingAddress, momentsAddress } = this.rows;
    random.copyState(drawing);
    kernel.drawRows(drawingAddress, momentsAddress, this.set.rows.length, this.options.drawnRows);
    random.continueFrom(drawing);
  }

  private weigh(placed: number): void {
    const { weights, classFactors } = this;
    const { places, moments } = this.rows;
    const { rows, target } = this.set;
    const isByClass = this.options.classWeight !== null;
    for (let place = 0; place < placed; place++) {
      const row = places[place]!;
      let weight = moments[2 * row + 1]!;
      if (weights !== undefined) weight *= weights[row]!;
      if (isByClass) weight *= classFactors[target[rows[row]!]!]!;
      moments[2 * row + 1] = weight;
    }
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
