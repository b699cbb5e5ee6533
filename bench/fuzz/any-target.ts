import { performance } from 'node:perf_hooks';
import fc from 'fast-check';
import type { AnyTarget, FuzzTarget } from './fuzz-target.js';

/** More of a failing input is not printed. */
const SHOWN_CHARACTERS = 4000;

/** Runs a target's property; the test and the campaign both go through here. */
export function anyTarget<Input>({ name, fewRuns, inputs, check, show }: FuzzTarget<Input>): AnyTarget {
  return {
    name,
    fewRuns,
    async run({ seed, runs, mostMs }, visit = () => {}) {
      const property = fc.asyncProperty(inputs, async (input) => {
        const startMs = performance.now();
        await check(input);
        visit(performance.now() - startMs);
      });
      const details = await fc.check(property, {
        seed,
        numRuns: runs,
        ...(mostMs !== undefined && { interruptAfterTimeLimit: mostMs, markInterruptAsFailure: false }),
      });
      // Out of time before the first input, nothing has failed.
      if (details.counterexample === null) return undefined;
      const [input] = details.counterexample;
      const error = details.errorInstance instanceof Error ? details.errorInstance.stack : details.errorInstance;
      return [
        `seed ${details.seed}, path ${details.counterexamplePath}, ${details.numShrinks} shrinks`,
        String(error),
        show(input).slice(0, SHOWN_CHARACTERS),
      ].join('\n');
    },
  };
}
