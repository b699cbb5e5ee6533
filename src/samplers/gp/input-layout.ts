import { createCodec } from '../../space/create-codec.js';
import type { DomainCodec } from '../../space/domain-codec.js';
import type { Space } from '../../space/space.js';

/**
 * How the distance along a coordinate is measured. `line`: the difference; `arc`: a numeric coordinate that can be
 * inactive; `label`: an unordered choice, any two values equally far.
 */
export type CoordinateKind = 'line' | 'arc' | 'label';

/**
 * Radius of the arc on which the values of a coordinate that can be inactive lie, a quarter circle of length 1. Inactive
 * is its centre: equally far from every value, and at no distance from itself (Swersky et al., "Raiders of the lost
 * architecture", arXiv:1409.4011). All other distances along it are those of a line to within a tenth.
 */
export const ARC_RADIUS = 2 / Math.PI;

/** What the kernel and the search of the acquisition need to know of each coordinate of the unit cube. */
export interface InputLayout {
  readonly kinds: readonly CoordinateKind[];
  /** How many values each coordinate has; Infinity when continuous. */
  readonly counts: readonly number[];
  readonly codecs: readonly DomainCodec[];
}

export function createInputLayout(space: Space): InputLayout {
  const codecs = space.dimensions.map(({ domain }) => createCodec(domain));
  return {
    codecs,
    counts: codecs.map(({ count }) => count),
    kinds: space.dimensions.map(({ domain, when }) => {
      if (domain.kind === 'categorical' && !domain.ordered) return 'label';
      return when === undefined ? 'line' : 'arc';
    }),
  };
}

/** The squared distance along one coordinate. @param a, b unit coordinates, NaN where inactive. */
export function squaredDistance(kind: CoordinateKind, a: number, b: number): number {
  const aInactive = Number.isNaN(a);
  if (aInactive || Number.isNaN(b)) {
    if (aInactive && Number.isNaN(b)) return 0;
    return kind === 'label' ? 1 : ARC_RADIUS * ARC_RADIUS;
  }
  const difference = a - b;
  if (kind === 'line') return difference * difference;
  if (kind === 'label') return difference === 0 ? 0 : 1;
  return 2 * ARC_RADIUS * ARC_RADIUS * (1 - Math.cos(difference / ARC_RADIUS));
}

/** Squared distances of all pairs of rows, along each coordinate: pair (i, j < i) is number i (i - 1) / 2 + j. */
export function pairDistances(layout: InputLayout, inputs: Float64Array, rows: number): Float64Array {
  const dimensions = layout.kinds.length;
  const distances = new Float64Array(((rows * (rows - 1)) / 2) * dimensions);
  for (let coordinate = 0; coordinate < dimensions; coordinate++) {
    const kind = layout.kinds[coordinate]!;
    let place = coordinate;
    for (let i = 1; i < rows; i++) {
      const a = inputs[i * dimensions + coordinate]!;
      for (let j = 0; j < i; j++, place += dimensions) {
        distances[place] = squaredDistance(kind, a, inputs[j * dimensions + coordinate]!);
      }
    }
  }
  return distances;
}
