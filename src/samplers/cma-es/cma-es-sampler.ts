import { Random } from '../../random.js';
import type { Space } from '../../space/space.js';
import type { Params } from '../../trial.js';
import { findUnseen } from '../find-unseen.js';
import { drawUniform } from '../random-sampler.js';
import type { History, Sampler, SamplerDefinition, SamplerOptions } from '../sampler.js';
import { coordinateOf } from '../tpe/coordinate.js';
import { EncodedTrials } from '../tpe/encoded-trials.js';
import { TpeModel } from '../tpe/tpe-model.js';
import { tpeSampler } from '../tpe/tpe-sampler.js';
import { EvolutionPath } from './evolution-path.js';

/** Draws of a point until its coordinates are cut off at the bounds instead. */
const BOUND_ATTEMPTS = 100;
/** Proposals that were tried before or break a constraint, until a uniform draw takes over. */
const STRATEGY_ATTEMPTS = 80;
/** The distribution widens by this with each of them, so that unseen neighbours come into reach. */
const WIDENING = 1.05;
const CHOICE_CANDIDATES = 24;

/**
 * CMA-ES with margin and restarts over the numeric parameters that are always active; choices and conditional parameters
 * are proposed by the tree-structured Parzen estimator beside it. Where nothing evolves that is all there is.
 */
export const cmaEsSampler: SamplerDefinition = {
  name: 'cma-es',
  summary: 'an evolution strategy; strong on numeric parameters with many trials, or in narrow valleys',
  adaptive: true,
  create(options): Sampler {
    const coordinates = options.space.dimensions.map(({ domain }) => coordinateOf(domain));
    const evolves = options.space.dimensions.map(
      ({ when }, column) => when === undefined && coordinates[column]!.kind !== 'choices',
    );
    if (!evolves.includes(true)) return tpeSampler.create(options);
    const columns = [...evolves.keys()].filter((column) => evolves[column]);
    const others = [...evolves.keys()].filter((column) => !evolves[column]);
    const path = new EvolutionPath(options.seed, columns, coordinates);
    return new CmaEsSampler(options, columns, path, new TpeModel(options.space, others));
  },
};

class CmaEsSampler implements Sampler {
  private readonly space: Space;
  private readonly seed: number;
  private readonly trials: EncodedTrials;
  private readonly columns: readonly number[];
  private readonly path: EvolutionPath;
  private readonly others: TpeModel;

  constructor(options: SamplerOptions, columns: readonly number[], path: EvolutionPath, others: TpeModel) {
    this.space = options.space;
    this.seed = options.seed;
    this.trials = new EncodedTrials(options.space, options.goal);
    this.columns = columns;
    this.path = path;
    this.others = others;
  }

  suggest(trial: number, history: History): Params | undefined {
    this.trials.read(history);
    this.path.follow(this.trials);
    this.others.fit(this.trials);
    const random = new Random(this.seed, 'cma-es', trial);
    const unit = new Float64Array(this.space.dimensions.length);
    return findUnseen(this.space, history, random, (attempt) => {
      if (attempt >= STRATEGY_ATTEMPTS) return drawUniform(this.space, random);
      this.others.propose(random, Math.max(1, CHOICE_CANDIDATES >> (attempt >> 2)), unit);
      this.drawPoint(random, WIDENING ** attempt, unit);
      return this.space.decode(unit);
    });
  }

  private drawPoint(random: Random, widening: number, unit: Float64Array): void {
    const point = new Float64Array(this.columns.length);
    let inside = false;
    for (let attempt = 0; !inside && attempt < BOUND_ATTEMPTS; attempt++) {
      this.path.strategy.sample(random, widening, point);
      inside = point.every((coordinate) => coordinate >= 0 && coordinate <= 1);
    }
    for (const [i, column] of this.columns.entries()) unit[column] = Math.min(Math.max(point[i]!, 0), 1);
  }
}
