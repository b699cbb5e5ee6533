import { SpaceFileError } from '../errors.js';
import type { ConfigurationTree } from '../space/configuration-tree.js';
import type { Space } from '../space/space.js';
import type { Params } from '../trial.js';
import { nothingFeasible } from './find-unseen.js';
import type { History, Sampler, SamplerDefinition } from './sampler.js';

/** The golden ratio less one: its multiples fill the unit interval evenly, however many are taken. */
const GOLDEN_SHARE = (Math.sqrt(5) - 1) / 2;

export const gridSampler: SamplerDefinition = {
  name: 'grid',
  summary: 'every combination of finitely many values, or an even spread of them',
  adaptive: false,
  create({ space, trials, firstTrial = 0 }): Sampler {
    const grid = space.grid;
    if (grid === undefined) {
      const message = 'the grid is too large to be counted with these constraints and conditions';
      throw new SpaceFileError(message, {
        hint: 'give its parameters fewer values, or use `method: random`',
        issues: [{ path: 'search.method', message }],
      });
    }
    if (grid.count === 0n) throw nothingFeasible(space, 'no point of the grid keeps them all');
    return new GridSampler(space, grid, trials, firstTrial);
  },
};

/** Takes the points in order; when there are more than trials, one of each of as many equal stretches as there are trials. */
class GridSampler implements Sampler {
  private readonly space: Space;
  private readonly grid: ConfigurationTree;
  private readonly count: bigint;
  /** Undefined when every point gets its trial. */
  private readonly stretches: bigint | undefined;
  private readonly firstTrial: number;

  constructor(space: Space, grid: ConfigurationTree, trials: number | undefined, firstTrial: number) {
    this.firstTrial = firstTrial;
    this.space = space;
    this.grid = grid;
    this.count = grid.count as bigint;
    const planned = trials === undefined ? undefined : BigInt(Math.max(1, trials));
    this.stretches = planned !== undefined && planned < this.count ? planned : undefined;
  }

  suggest(trial: number, history: History): Params | undefined {
    let rank = this.rankOf(BigInt(Math.max(0, trial - this.firstTrial)));
    for (let visited = 0n; visited < this.count; visited++) {
      const params = this.grid.at(rank);
      if (!history.has(this.space.key(params))) return params;
      rank = (rank + 1n) % this.count;
    }
    return undefined;
  }

  /**
   * Within its stretch a point stands at a varying place: at a fixed one, a stretch as long as the last parameter has
   * values would never change that parameter.
   */
  private rankOf(trial: bigint): bigint {
    if (this.stretches === undefined) return trial % this.count;
    const stretch = trial % this.stretches;
    const start = (stretch * this.count) / this.stretches;
    const length = ((stretch + 1n) * this.count) / this.stretches - start;
    const share = (Number(stretch) * GOLDEN_SHARE) % 1;
    return start + ((BigInt(Math.floor(share * 2 ** 32)) * length) >> 32n);
  }
}
