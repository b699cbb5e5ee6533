import { suggestName } from '../nearest-name.js';
import { SAMPLERS } from '../samplers/index.js';
import { showValue } from './place.js';
import type { Shape } from './shape.js';

/** The name of a sampler. */
export function searchMethod(): Shape<string> {
  const names = SAMPLERS.map((sampler) => sampler.name);
  const expected = `one of ${names.join(', ')}`;
  return {
    expected,
    json: { enum: names },
    check(value, path, issues) {
      if (typeof value === 'string' && names.includes(value)) return value;
      const near = typeof value === 'string' ? suggestName(value, names) : '';
      issues.add(path, `must be ${expected}, got ${showValue(value)}${near}`);
      return undefined;
    },
  };
}
