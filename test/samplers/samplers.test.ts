import { describe, expect, test } from 'vitest';
import { findSampler, SAMPLERS } from '../../src/samplers/index.js';
import { samplerContract } from '../contracts/sampler-contract.js';

// The others pass it in tests of their own.
for (const sampler of SAMPLERS) if (!sampler.adaptive) samplerContract(sampler);

describe('the index', () => {
  test('finds each sampler by its name', () => {
    expect(SAMPLERS.map(({ name }) => findSampler(name))).toEqual(SAMPLERS);
    expect(findSampler('bogo')).toBeUndefined();
  });

  test('tells which of them read results', () => {
    expect(SAMPLERS.filter(({ adaptive }) => adaptive).map(({ name }) => name)).toEqual([
      'bayes',
      'gp',
      'tpe',
      'cma-es',
    ]);
  });
});
