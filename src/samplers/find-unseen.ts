import { SpaceFileError } from '../errors.js';
import type { Random } from '../random.js';
import type { ConfigurationTree } from '../space/configuration-tree.js';
import type { Space } from '../space/space.js';
import type { Params } from '../trial.js';
import type { History } from './sampler.js';

/** Draws before a space with finitely many configurations is searched by rank instead. */
const FEW_DRAWS = 100;
/** Draws before a space that cannot be searched by rank counts as used up, or as ruled out by its constraints. */
const MANY_DRAWS = 300_000;

/**
 * The first draw that keeps the constraints and that no earlier trial had; where draws fail, a random one of the
 * remaining configurations. Every sampler's proposals pass through here, so that no configuration is tried twice.
 * @param random decides among the remaining ones; derived from the trial.
 * @param draw a configuration of the space; `attempt` counts from 0, and later attempts must be able to differ.
 * @returns undefined when no configuration remains.
 * @throws SpaceFileError when the constraints rule out everything that was drawn.
 */
export function findUnseen(
  space: Space,
  history: History,
  random: Random,
  draw: (attempt: number) => Params,
): Params | undefined {
  let feasibleDraws = 0;
  for (let attempt = 0; attempt < MANY_DRAWS; attempt++) {
    if (attempt === FEW_DRAWS) {
      const tree = space.configurations;
      if (tree !== undefined) return searchByRank(space, tree, history, random);
    }
    const params = draw(attempt);
    if (!space.feasible(params)) continue;
    if (!history.has(space.key(params))) return params;
    feasibleDraws++;
  }
  if (feasibleDraws > 0) return undefined;
  throw nothingFeasible(space, `none of ${MANY_DRAWS} configurations drawn keeps them`);
}

/**
 * Visits every rank once, from a random start in steps of a random stride, until one is unseen. A stride that shares no
 * factor with the count reaches all; a random one takes about count / remaining steps, however the seen ones lie.
 */
function searchByRank(space: Space, tree: ConfigurationTree, history: History, random: Random): Params | undefined {
  const count = tree.count as bigint;
  if (count === 0n) throw nothingFeasible(space, 'no configuration keeps them all');
  let rank = randomBelow(random, count);
  let stride = randomBelow(random, count);
  while (greatestCommonDivisor(stride, count) !== 1n) stride = (stride + 1n) % count;
  for (let visited = 0n; visited < count; visited++) {
    const params = tree.at(rank);
    if (!history.has(space.key(params))) return params;
    rank = (rank + stride) % count;
  }
  return undefined;
}

/** Uniform over 0n … limit - 1n; 64 spare bits make the bias of the remainder immeasurable. */
function randomBelow(random: Random, limit: bigint): bigint {
  let draw = 0n;
  for (let bits = limit.toString(2).length + 64; bits > 0; bits -= 32) draw = (draw << 32n) | BigInt(random.uint32());
  return draw % limit;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

/** The message for constraints that leave nothing, or too little to be found. */
export function nothingFeasible(space: Space, finding: string): SpaceFileError {
  const texts = space.constraints.map(({ text }) => `\`${text}\``).join(', ');
  return new SpaceFileError(`the constraints leave almost nothing of the space: ${finding} (${texts})`, {
    hint: 'loosen a constraint, or narrow the ranges to where it holds',
    issues: [{ path: 'constraints', message: finding }],
  });
}
