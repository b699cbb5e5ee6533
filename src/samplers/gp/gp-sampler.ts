import { Random } from '../../random.js';
import type { Space } from '../../space/space.js';
import type { Params } from '../../trial.js';
import { findUnseen } from '../find-unseen.js';
import { drawUniform } from '../random-sampler.js';
import type { History, Sampler, SamplerDefinition, SamplerOptions } from '../sampler.js';
import { AcquisitionSearch } from './acquisition-search.js';
import { InitialDesign } from './initial-design.js';
import { Surrogate } from './surrogate.js';

export const gpSampler: SamplerDefinition = {
  name: 'gp',
  summary: 'a Gaussian process and expected improvement; strong with numeric parameters and few trials',
  adaptive: true,
  create(options): Sampler {
    return new GpSampler(options);
  },
};

class GpSampler implements Sampler {
  private readonly space: Space;
  private readonly seed: number;
  private readonly design: InitialDesign;
  private readonly surrogate: Surrogate;
  private readonly search: AcquisitionSearch;

  constructor({ space, seed, goal }: SamplerOptions) {
    this.space = space;
    this.seed = seed;
    this.design = new InitialDesign(space, seed, [space.complete({})]);
    this.surrogate = new Surrogate(space, goal);
    this.search = new AcquisitionSearch(space, this.surrogate.layout);
  }

  suggest(trial: number, history: History): Params | undefined {
    const random = new Random(this.seed, 'gp', trial);
    const first = this.propose(trial, history, random);
    return findUnseen(this.space, history, random, (attempt) =>
      attempt === 0 && first !== undefined ? first : drawUniform(this.space, random),
    );
  }

  private propose(trial: number, history: History, random: Random): Params | undefined {
    if (trial < this.design.count) return this.design.at(trial);
    const inFlight = history.pending.map(({ params }) => params);
    const model = this.surrogate.build(history.ended, inFlight);
    return model && this.search.run(model, history, random);
  }
}
