import type { Random } from '../../random.js';
import { badBandwidth, goodBandwidth } from './bandwidth.js';
import type { Coordinate } from './coordinate.js';
import type { EncodedTrials } from './encoded-trials.js';
import { ParzenEstimator } from './parzen-estimator.js';
import { TrialSplit } from './trial-split.js';
import { improvementWeights, recencyWeights } from './trial-weights.js';

/** Densities of the good and the bad trials over one group of parameters. */
export class GroupModel {
  private readonly coordinates: Int32Array;
  private readonly good: ParzenEstimator;
  private readonly bad: ParzenEstimator;
  private readonly split = new TrialSplit();
  private weights = new Float64Array(0);
  private readonly candidate: Float64Array;
  private readonly best: Float64Array;

  /** @param all the coordinates of the whole space. @param coordinates those of this group. */
  constructor(all: readonly Coordinate[], coordinates: Int32Array) {
    const own = Array.from(coordinates, (coordinate) => all[coordinate]!);
    this.coordinates = coordinates;
    this.good = new ParzenEstimator(own, goodBandwidth);
    this.bad = new ParzenEstimator(own, badBandwidth);
    this.candidate = new Float64Array(own.length);
    this.best = new Float64Array(own.length);
  }

  /** Splits within the trials that have this group: what is best in a branch may be worse than all of another. */
  divide(trials: EncodedTrials): void {
    this.split.split(trials, this.coordinates[0]);
  }

  /** Row of the best trial that has this group; undefined when none has a score. */
  get leader(): number | undefined {
    return this.split.goodTrials === 0 ? undefined : this.split.good[0];
  }

  /**
   * After `divide`. Leaders that are not good here count as good with the weight of one trial together, so that no
   * branch is given up because another one was easier at first.
   * @param leaders rows of the best trial of each group.
   */
  fit(trials: EncodedTrials, leaders: readonly number[]): void {
    const { split, coordinates } = this;
    const { units, dimensions } = trials;
    const judged = split.goodTrials;
    split.promote(leaders);
    const most = Math.max(split.goodTrials, split.badTrials);
    if (this.weights.length < most) this.weights = new Float64Array(2 * most);
    improvementWeights(split.goodLosses, judged, split.threshold, this.weights);
    for (let k = judged; k < split.goodTrials; k++) this.weights[k] = 1 / (split.goodTrials - judged);
    this.good.fit(units, dimensions, coordinates, split.good, split.goodTrials, this.weights);
    recencyWeights(split.badTrials, this.weights);
    this.bad.fit(units, dimensions, coordinates, split.bad, split.badTrials, this.weights);
  }

  /** Draws candidates from the good density and writes the one where it exceeds the bad density most to `unit`. */
  propose(random: Random, candidates: number, unit: Float64Array): void {
    const { coordinates, candidate, best } = this;
    let highest = Number.NEGATIVE_INFINITY;
    for (let drawn = 0; drawn < candidates; drawn++) {
      this.good.draw(random, candidate);
      const ratio = this.good.logDensity(candidate) - this.bad.logDensity(candidate);
      if (ratio <= highest) continue;
      highest = ratio;
      best.set(candidate);
    }
    for (let i = 0; i < coordinates.length; i++) unit[coordinates[i]!] = best[i]!;
  }
}
