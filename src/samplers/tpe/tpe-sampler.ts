import { Random } from '../../random.js';
import type { Space } from '../../space/space.js';
import type { Params } from '../../trial.js';
import { findUnseen } from '../find-unseen.js';
import { drawUniform } from '../random-sampler.js';
import type { History, Sampler, SamplerDefinition, SamplerOptions } from '../sampler.js';
import { EncodedTrials } from './encoded-trials.js';
import { startSampler } from './start-sampler.js';
import { TpeModel } from './tpe-model.js';

/** Trials that must have ended before their results say anything about where the good ones lie. */
const START_TRIALS = 10;
const CANDIDATES = 24;
/** Proposals that were tried before or break a constraint, until only the prior is left. */
const MODEL_ATTEMPTS = 60;
/** After so many of them half as many candidates compete, so that proposals spread out. */
const ATTEMPTS_PER_HALVING = 4;

/**
 * The tree-structured Parzen estimator (J. Bergstra et al., "Algorithms for hyper-parameter optimization", NIPS 2011).
 * Components by S. Watanabe, "Tree-structured Parzen estimator: understanding its algorithm components and their roles
 * for better empirical performance", arXiv:2304.11127: multivariate kernels, the prior as one of them, weights by
 * improvement. Trials in flight count as bad ones, which keeps proposals apart.
 */
export const tpeSampler: SamplerDefinition = {
  name: 'tpe',
  summary: 'learns where good trials lie; cheap, takes conditions and choices of any kind',
  adaptive: true,
  create: (options): Sampler => new TpeSampler(options),
};

class TpeSampler implements Sampler {
  private readonly space: Space;
  private readonly seed: number;
  private readonly start: Sampler;
  private readonly trials: EncodedTrials;
  private readonly model: TpeModel;

  constructor(options: SamplerOptions) {
    const { space, seed, goal } = options;
    this.space = space;
    this.seed = seed;
    this.start = startSampler(options);
    this.trials = new EncodedTrials(space, goal);
    this.model = new TpeModel(space, [...space.dimensions.keys()]);
  }

  suggest(trial: number, history: History): Params | undefined {
    if (history.ended.length < START_TRIALS) return this.start.suggest(trial, history);
    this.trials.read(history);
    this.model.fit(this.trials);
    const random = new Random(this.seed, 'tpe', trial);
    const unit = new Float64Array(this.space.dimensions.length);
    return findUnseen(this.space, history, random, (attempt) => {
      if (attempt >= MODEL_ATTEMPTS) return drawUniform(this.space, random);
      this.model.propose(random, Math.max(1, CANDIDATES >> Math.floor(attempt / ATTEMPTS_PER_HALVING)), unit);
      return this.space.decode(unit);
    });
  }
}
