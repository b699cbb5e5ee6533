import { Random } from '../../random.js';
import type { Coordinate } from '../tpe/coordinate.js';
import type { EncodedTrials } from '../tpe/encoded-trials.js';
import { CovarianceAdaptation } from './covariance-adaptation.js';
import { keepMargin } from './integer-margin.js';
import { defaultPopulationSize } from './strategy-parameters.js';

/** Step size at the start of a run: the range lies within three of them from its middle. */
const FIRST_SIGMA = 1 / 6;
/** Of the range; what lies closer together hardly any study can tell apart. */
const CONVERGED_DEVIATION = 1e-5;
/** Of a cell; the margin alone keeps the deviation of a settled coordinate at about half of this. */
const CONVERGED_CELLS = 0.5;
/** Square root of the condition number, as in the tutorial's Appendix B.3. */
const WORST_AXIS_RATIO = 1e7;
/** Generations in a row whose losses are all the same number. */
const MOST_FLAT_GENERATIONS = 3;
/** A trial within this many likely distances of the last run's final distribution was drawn from it. */
const STRAGGLER_DISTANCES = 2;

/** A trial of the generation that is being gathered. */
interface Member {
  readonly point: Float64Array;
  readonly loss: number;
}

/**
 * The strategy after a sequence of trials. Each lambda trials that ended are a generation, in trial order, whatever
 * distribution they were drawn from, so the state depends on nothing but the trials. When a run has converged, another
 * one starts at a random point with twice the population (IPOP: A. Auger and N. Hansen, "A restart CMA evolution
 * strategy with increasing population size", CEC 2005).
 */
export class EvolutionPath {
  strategy: CovarianceAdaptation;
  private readonly seed: number;
  private readonly columns: readonly number[];
  private readonly coordinates: readonly Coordinate[];
  private members: Member[] = [];
  private followed = 0;
  private restarts = 0;
  private converged: CovarianceAdaptation | undefined;
  private flatLoss = Number.NaN;
  private flatGenerations = 0;

  /** @param columns the coordinates that evolve, at least one. @param all the coordinates of the whole space. */
  constructor(seed: number, columns: readonly number[], all: readonly Coordinate[]) {
    this.seed = seed;
    this.columns = columns;
    this.coordinates = columns.map((column) => all[column]!);
    this.strategy = this.startRun();
  }

  /** Brings the strategy to where these trials lead; from the beginning unless they continue those followed before. */
  follow(trials: EncodedTrials): void {
    if (trials.changedFrom < this.followed || trials.ended < this.followed) this.rewind();
    for (; this.followed < trials.ended; this.followed++) {
      const row = this.followed * trials.dimensions;
      const point = Float64Array.from(this.columns, (column) => trials.units[row + column]!);
      if (!this.isStraggler(point)) this.members.push({ point, loss: trials.losses[this.followed]! });
      if (this.members.length === this.strategy.parameters.populationSize) this.endGeneration();
    }
  }

  private rewind(): void {
    this.members = [];
    this.followed = 0;
    this.restarts = 0;
    this.converged = undefined;
    this.flatGenerations = 0;
    this.strategy = this.startRun();
  }

  private endGeneration(): void {
    const ranked = this.members.toSorted((a, b) => (a.loss < b.loss ? -1 : a.loss > b.loss ? 1 : 0));
    this.members = [];
    const best = ranked[0]!.loss;
    // Without a single score there is nothing to select by.
    if (best === Number.POSITIVE_INFINITY) return;
    this.strategy.update(ranked.map(({ point }) => point));
    for (const [i, coordinate] of this.coordinates.entries()) {
      this.strategy.mean[i] = Math.min(Math.max(this.strategy.mean[i]!, 0), 1);
      if (coordinate.kind === 'lattice') keepMargin(this.strategy, i, coordinate);
    }
    const flat = best === ranked.at(-1)!.loss;
    this.flatGenerations = flat && best === this.flatLoss ? this.flatGenerations + 1 : Number(flat);
    this.flatLoss = best;
    if (!this.hasConverged()) return;
    this.converged = this.strategy;
    this.flatGenerations = 0;
    this.restarts++;
    this.strategy = this.startRun();
  }

  /** With results that come late, trials go on being drawn from a run that has ended. */
  private isStraggler(point: Float64Array): boolean {
    if (this.converged === undefined) return false;
    const n = point.length;
    return this.converged.distance(point) < STRAGGLER_DISTANCES * (Math.sqrt(n) + (2 * n) / (n + 2));
  }

  private hasConverged(): boolean {
    const { strategy } = this;
    if (strategy.axisRatio > WORST_AXIS_RATIO || this.flatGenerations >= MOST_FLAT_GENERATIONS) return true;
    return this.coordinates.every((coordinate, i) => {
      if (coordinate.kind !== 'lattice') return strategy.deviation(i) < CONVERGED_DEVIATION;
      const cell = coordinate.indexOf(strategy.mean[i]!);
      return strategy.deviation(i) < CONVERGED_CELLS * (coordinate.edge(cell + 1) - coordinate.edge(cell));
    });
  }

  private startRun(): CovarianceAdaptation {
    const mean = new Float64Array(this.columns.length).fill(0.5);
    if (this.restarts > 0) {
      const random = new Random(this.seed, 'cma-es-restart', this.restarts);
      for (let i = 0; i < mean.length; i++) mean[i] = random.uniform();
    }
    return new CovarianceAdaptation(mean, FIRST_SIGMA, defaultPopulationSize(mean.length) * 2 ** this.restarts);
  }
}
