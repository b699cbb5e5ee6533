import type { Random } from '../../random.js';
import type { Space } from '../../space/space.js';
import type { EndedTrial, Goal, Params } from '../../trial.js';
import type { AcquisitionSearch, Region } from '../gp/acquisition-search.js';
import { Surrogate } from '../gp/surrogate.js';
import type { History } from '../sampler.js';
import type { Families } from './families.js';

/** Draws within a family that has no model yet. */
const DRAWS = 50;

/** What is known of one family. */
interface Member {
  readonly family: number;
  readonly ended: EndedTrial[];
  readonly inFlight: Params[];
  /** Lowest score, to be minimised; Infinity when there is none. */
  best: number;
}

/**
 * Searches each family by a model of its own, whose improvement is measured against the family's own best: a family that
 * is nearly exhausted cannot keep the others from being tried by improvements of no account. The k-th best family gets
 * trials in proportion to 1 / k, so the budget flows to the promising ones and none is starved.
 */
export class FamilySearch {
  private readonly space: Space;
  private readonly goal: Goal;
  private readonly families: Families;
  private readonly surrogates: readonly Surrogate[];
  private readonly search: AcquisitionSearch;

  constructor(space: Space, goal: Goal, families: Families, search: AcquisitionSearch) {
    this.space = space;
    this.goal = goal;
    this.families = families;
    this.surrogates = families.units.map(() => new Surrogate(space, goal));
    this.search = search;
  }

  /** @returns a configuration of the family whose turn it is; undefined when none of them has a new one. */
  propose(history: History, random: Random): Params | undefined {
    const members = this.members(history);
    members.sort((a, b) => compare(a.best, b.best) || a.family - b.family);
    const turns = members.map((member, rank) => {
      const trials = member.ended.length + member.inFlight.length;
      return { member, rank, claim: trials * (rank + 1) };
    });
    turns.sort((a, b) => a.claim - b.claim || a.rank - b.rank);
    for (const { member } of turns) {
      const params = this.proposeIn(member, history, random);
      if (params !== undefined) return params;
    }
    return undefined;
  }

  private members(history: History): Member[] {
    const members = this.families.units.map((_, family): Member => {
      return { family, ended: [], inFlight: [], best: Number.POSITIVE_INFINITY };
    });
    const sign = this.goal === 'maximize' ? -1 : 1;
    for (const trial of history.ended) {
      const member = members[this.familyOf(trial.params)]!;
      member.ended.push(trial);
      if (trial.score !== undefined && Number.isFinite(trial.score)) {
        member.best = Math.min(member.best, sign * trial.score);
      }
    }
    for (const { params } of history.pending) members[this.familyOf(params)]!.inFlight.push(params);
    return members;
  }

  private familyOf(params: Params): number {
    return Math.floor(this.space.encode(params)[this.families.coordinate]! * this.families.units.length);
  }

  private proposeIn({ family, ended, inFlight }: Member, history: History, random: Random): Params | undefined {
    const dimensions = this.space.dimensions.length;
    const { coordinate, units } = this.families;
    const region: Region = { low: new Float64Array(dimensions), high: new Float64Array(dimensions).fill(1) };
    region.low[coordinate] = units[family]!;
    region.high[coordinate] = units[family]!;
    const model = this.surrogates[family]!.build(ended, inFlight);
    if (model !== undefined) return this.search.run(model, history, random, region);
    const unit = new Float64Array(dimensions);
    for (let draw = 0; draw < DRAWS; draw++) {
      for (let i = 0; i < dimensions; i++) unit[i] = random.uniform();
      unit[coordinate] = units[family]!;
      const params = this.space.decode(unit);
      if (this.space.feasible(params) && !history.has(this.space.key(params))) return params;
    }
    return undefined;
  }
}

/** Infinities are equal, which their difference does not say. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
