import { describe, expect, test } from 'vitest';
import { fuzzTargets } from '../../bench/fuzz/targets.js';

/** Seeds differ from run to run; a failure names its own. `npm run fuzz` goes on for longer. */
const seed = Date.now() % 1e9;

describe('whatever the input is, it is read or refused with a message', () => {
  test.each(fuzzTargets(process.cwd()))('$name', async (target) => {
    expect(await target.run({ seed, runs: target.fewRuns })).toBeUndefined();
  });
});
