import type { Random } from '../../random.js';
import type { Space } from '../../space/space.js';
import { coordinateOf } from './coordinate.js';
import type { EncodedTrials } from './encoded-trials.js';
import { GroupModel } from './group-model.js';
import { parameterGroups } from './parameter-groups.js';

/**
 * A tree-structured Parzen estimator over some coordinates of a space. Groups of parameters are independent, but for
 * the best trial of each, which the others hear of.
 */
export class TpeModel {
  private readonly groups: readonly GroupModel[];

  constructor(space: Space, coordinates: readonly number[]) {
    const all = space.dimensions.map(({ domain }) => coordinateOf(domain));
    this.groups = parameterGroups(space, coordinates).map((group) => new GroupModel(all, group));
  }

  fit(trials: EncodedTrials): void {
    for (const group of this.groups) group.divide(trials);
    const leaders = [...new Set(this.groups.flatMap((group) => group.leader ?? []))];
    for (const group of this.groups) group.fit(trials, leaders);
  }

  /** Writes this model's coordinates of a proposal to `unit`. @param candidates 1 draws from the good trials' density. */
  propose(random: Random, candidates: number, unit: Float64Array): void {
    for (const group of this.groups) group.propose(random, candidates, unit);
  }
}
