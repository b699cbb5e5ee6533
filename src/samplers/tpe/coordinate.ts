import type { Domain } from '../../space/parameter.js';

/** How the values of one parameter lie in their coordinate of the unit cube. */
export type Coordinate =
  | { readonly kind: 'continuous' }
  /** Choices without an order, in equal shares. */
  | { readonly kind: 'choices'; readonly count: number }
  | Lattice;

/** Ordered values, a cell of the unit interval each. */
export interface Lattice {
  readonly kind: 'lattice';
  readonly count: number;
  /** The cell that a point lies in, 0 … count - 1. */
  indexOf(unit: number): number;
  /** Where cell `index` begins; at `count`, where the last one ends. */
  edge(index: number): number;
}

/** @throws Error for a constant, which has no coordinate. */
export function coordinateOf(domain: Domain): Coordinate {
  switch (domain.kind) {
    case 'constant':
      throw new Error('a constant has no coordinate');
    case 'categorical':
      return domain.ordered ? evenLattice(domain.values.length) : { kind: 'choices', count: domain.values.length };
    case 'int':
      return domain.log
        ? logLattice(domain.min, domain.step, countSteps(domain.min, domain.max, domain.step))
        : evenLattice(countSteps(domain.min, domain.max, domain.step));
    case 'float':
      if (domain.step !== undefined) return evenLattice(countSteps(domain.min, domain.max, domain.step));
      return { kind: 'continuous' };
    case 'normal':
      return { kind: 'continuous' };
  }
}

function countSteps(min: number, max: number, step: number): number {
  return Math.floor(((max - min) / step) * (1 + 1e-12) + 1e-9) + 1;
}

function evenLattice(count: number): Lattice {
  return {
    kind: 'lattice',
    count,
    indexOf: (unit) => Math.min(Math.floor(unit * count), count - 1),
    edge: (index) => index / count,
  };
}

/** Each value stands for the reals nearest to it, on a logarithmic axis. */
function logLattice(min: number, step: number, count: number): Lattice {
  const low = Math.log(Math.max(min - step / 2, min / 2));
  const extent = Math.log(min + (count - 0.5) * step) - low;
  return {
    kind: 'lattice',
    count,
    indexOf: (unit) => {
      const index = Math.round((Math.exp(low + unit * extent) - min) / step);
      return Math.min(Math.max(index, 0), count - 1);
    },
    edge: (index) => (index === 0 ? 0 : (Math.log(min + (index - 0.5) * step) - low) / extent),
  };
}
