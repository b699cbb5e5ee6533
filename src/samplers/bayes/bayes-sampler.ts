import { Random } from '../../random.js';
import type { Space } from '../../space/space.js';
import type { Params } from '../../trial.js';
import { findUnseen } from '../find-unseen.js';
import { AcquisitionSearch } from '../gp/acquisition-search.js';
import { InitialDesign } from '../gp/initial-design.js';
import { Surrogate } from '../gp/surrogate.js';
import { drawUniform } from '../random-sampler.js';
import type { History, Sampler, SamplerDefinition, SamplerOptions } from '../sampler.js';
import { findFamilies } from './families.js';
import { FamilySearch } from './family-search.js';

export const bayesSampler: SamplerDefinition = {
  name: 'bayes',
  summary: 'learns from the results; a Gaussian process over all parameters, and one for each model family',
  adaptive: true,
  create(options): Sampler {
    return new BayesSampler(options);
  },
};

/**
 * A space-filling design, then expected improvement under a Gaussian process over the whole space; where the space falls
 * into families, every other proposal is made within one of them. The joint model learns what families share, and when
 * one wins; the models of each keep a family from being given up for a bad first impression.
 */
class BayesSampler implements Sampler {
  private readonly space: Space;
  private readonly seed: number;
  private readonly design: InitialDesign;
  private readonly surrogate: Surrogate;
  private readonly search: AcquisitionSearch;
  /** Undefined where the space does not fall into families. */
  private readonly familySearch: FamilySearch | undefined;

  constructor({ space, seed, goal }: SamplerOptions) {
    this.space = space;
    this.seed = seed;
    this.surrogate = new Surrogate(space, goal);
    this.search = new AcquisitionSearch(space, this.surrogate.layout);
    const families = findFamilies(space);
    this.design = new InitialDesign(space, seed, families?.guesses ?? [space.complete({})]);
    this.familySearch = families && new FamilySearch(space, goal, families, this.search);
  }

  suggest(trial: number, history: History): Params | undefined {
    const random = new Random(this.seed, 'bayes', trial);
    const first = this.propose(trial, history, random);
    return findUnseen(this.space, history, random, (attempt) =>
      attempt === 0 && first !== undefined ? first : drawUniform(this.space, random),
    );
  }

  private propose(trial: number, history: History, random: Random): Params | undefined {
    if (trial < this.design.count) return this.design.at(trial);
    if (trial % 2 === 1) {
      const params = this.familySearch?.propose(history, random);
      if (params !== undefined) return params;
    }
    const inFlight = history.pending.map(({ params }) => params);
    const model = this.surrogate.build(history.ended, inFlight);
    return model && this.search.run(model, history, random);
  }
}
