import type { Random } from '../../random.js';
import type { KernelColumn } from './kernel-column.js';

/**
 * Kernels over choices without an order: a kernel gives its own choice most of the probability and shares the rest out
 * evenly, less of it the more trials there are: with v = 1 / (n + 1), (1 + v) / (1 + C v) for its own and v / (1 + C v)
 * for each other one, as Optuna does; the form is that of J. Aitchison and C. G. G. Aitken, Biometrika 63 (1976).
 */
export class ChoiceKernels implements KernelColumn {
  private readonly choices: number;
  private count = 0;
  private owns = new Int32Array(0);
  /** Probability of the other choices together. */
  private missProbability = 0;
  private logHit = 0;
  private logMiss = 0;

  constructor(choices: number) {
    this.choices = choices;
  }

  fit(values: Float64Array, count: number): void {
    if (this.owns.length < count) this.owns = new Int32Array(2 * count);
    this.count = count;
    for (let k = 0; k < count; k++) this.owns[k] = this.choiceAt(values[k]!);
    const smoothing = 1 / (count + 1);
    const total = 1 + this.choices * smoothing;
    this.missProbability = ((this.choices - 1) * smoothing) / total;
    this.logHit = Math.log((this.choices * (1 + smoothing)) / total);
    this.logMiss = Math.log((this.choices * smoothing) / total);
  }

  addLogDensities(unit: number, sums: Float64Array): void {
    const { owns, count, logHit, logMiss } = this;
    const choice = this.choiceAt(unit);
    for (let k = 0; k < count; k++) sums[k]! += owns[k] === choice ? logHit : logMiss;
  }

  draw(k: number, random: Random): number {
    const own = this.owns[k]!;
    if (random.uniform() >= this.missProbability) return this.centreOf(own);
    const other = random.integer(this.choices - 1);
    return this.centreOf(other < own ? other : other + 1);
  }

  drawPrior(random: Random): number {
    return this.centreOf(random.integer(this.choices));
  }

  private choiceAt(unit: number): number {
    return Math.min(Math.floor(unit * this.choices), this.choices - 1);
  }

  private centreOf(choice: number): number {
    return (choice + 0.5) / this.choices;
  }
}
