import { deriveSeed } from '../../random.js';
import type { Space } from '../../space/space.js';
import type { Params } from '../../trial.js';
import { MAX_SOBOL_DIMENSIONS } from '../sobol-direction-numbers.js';
import { SobolSequence } from '../sobol-sequence.js';

const FEWEST = 4;
const MOST = 8;

/**
 * The configurations before the first that a model proposes: some guesses (the middle of the ranges, say, as ranges are
 * drawn around what is expected to be good), then a Sobol sequence of two points more than half the coordinates, 4 … 8.
 */
export class InitialDesign {
  readonly count: number;
  private readonly space: Space;
  private readonly guesses: readonly Params[];
  /** Undefined for more coordinates than the sequence has. */
  private readonly sequence: SobolSequence | undefined;

  constructor(space: Space, seed: number, guesses: readonly Params[]) {
    const dimensions = space.dimensions.length;
    this.space = space;
    this.guesses = guesses;
    this.count = guesses.length + Math.min(Math.max(Math.ceil(dimensions / 2) + 2, FEWEST), MOST);
    this.sequence =
      dimensions <= MAX_SOBOL_DIMENSIONS ? new SobolSequence(dimensions, deriveSeed(seed, 'gp-initial')) : undefined;
  }

  /** @returns constraints are not checked; undefined where only random draws remain. */
  at(index: number): Params | undefined {
    const guess = this.guesses[index];
    if (guess !== undefined || this.sequence === undefined) return guess;
    const unit = new Float64Array(this.space.dimensions.length);
    this.sequence.point(index - this.guesses.length, unit);
    return this.space.decode(unit);
  }
}
