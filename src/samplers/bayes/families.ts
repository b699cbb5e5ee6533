import { expressionNames } from '../../space/expression.js';
import type { Space } from '../../space/space.js';
import type { ParameterValue, Params } from '../../trial.js';

/** A choice whose values open parts of the space that have little in common, as `model` does. */
export interface Families {
  /** Coordinate of the choice. */
  readonly coordinate: number;
  /** A first guess for each: the defaults, and the middle of the ranges that have none. */
  readonly guesses: readonly Params[];
  /** Its values' places in the unit interval, in order. */
  readonly units: readonly number[];
}

/** The choice must decide over at least this share of the coordinates. */
const LEAST_SHARE = 0.5;

/** @returns the unconditional choice on which the most coordinates depend, directly or not; undefined when these are few. */
export function findFamilies(space: Space): Families | undefined {
  const coordinateOf = new Map(space.dimensions.map(({ name }, coordinate) => [name, coordinate]));
  const parents = space.dimensions.map(({ when }) =>
    when === undefined ? [] : expressionNames(when).flatMap((name) => coordinateOf.get(name) ?? []),
  );
  const depends = (coordinate: number, on: number): boolean =>
    parents[coordinate]!.some((parent) => parent === on || depends(parent, on));
  let best: { coordinate: number; count: number; name: string; values: readonly ParameterValue[] } | undefined;
  for (const [coordinate, { name, domain, when }] of space.dimensions.entries()) {
    if (domain.kind !== 'categorical' || domain.ordered || when !== undefined) continue;
    const count = space.dimensions.filter((_, other) => depends(other, coordinate)).length;
    if (count > (best?.count ?? 0)) best = { coordinate, count, name, values: domain.values };
  }
  if (best === undefined || best.count < LEAST_SHARE * space.dimensions.length) return undefined;
  const { coordinate, name, values } = best;
  return {
    coordinate,
    guesses: values.map((value) => space.complete({ [name]: value })),
    units: values.map((_, i) => (i + 0.5) / values.length),
  };
}
