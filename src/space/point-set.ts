import type { ParameterValue } from '../trial.js';
import type { DomainCodec } from './domain-codec.js';
import { interpolate } from './interpolation.js';
import type { Parameter } from './parameter.js';

/** Digits kept of a point on a continuous range, so that a grid over 0 … 1 has 0.3 and not 0.30000000000000004. */
const POINT_DIGITS = 12;

/** The values an enumeration takes of a parameter. */
export interface PointSet {
  /** Infinity where the domain is continuous. */
  readonly count: number;
  valueAt(index: number): ParameterValue;
}

/** The points of a grid: all values of a finite domain, or as many as `grid:` says; undefined where neither is given. */
export function gridPoints(parameter: Parameter, codec: DomainCodec): PointSet | undefined {
  const { domain, gridPoints: wanted } = parameter;
  const discreteRange = domain.kind === 'int' || (domain.kind === 'float' && domain.step !== undefined);
  if (wanted === undefined || (Number.isFinite(codec.count) && !(discreteRange && wanted < codec.count))) {
    return Number.isFinite(codec.count) ? codec : undefined;
  }
  const values = [...new Set(Array.from({ length: wanted }, (_, index) => spread(parameter, codec, index, wanted)))];
  return { count: values.length, valueAt: (index) => values[index]! };
}

/** Point `index` of `count`, evenly over the range, ends included; over the quantiles' middles for a normal one. */
function spread(parameter: Parameter, codec: DomainCodec, index: number, count: number): ParameterValue {
  const { domain } = parameter;
  const share = count === 1 ? 0.5 : index / (count - 1);
  switch (domain.kind) {
    case 'float':
    case 'int': {
      const value = domain.log
        ? Math.exp(interpolate(Math.log(domain.min), Math.log(domain.max), share))
        : interpolate(domain.min, domain.max, share);
      const step = domain.step;
      if (step !== undefined) return codec.valueAt(Math.min(Math.round((value - domain.min) / step), codec.count - 1));
      return Math.min(Math.max(Number(value.toPrecision(POINT_DIGITS)), domain.min), domain.max);
    }
    default:
      return codec.decode((index + 0.5) / count);
  }
}
