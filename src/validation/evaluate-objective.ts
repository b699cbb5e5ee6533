// The global one is within reach of the modules that this process has run.
import { performance } from 'node:perf_hooks';
import type { FoldOutcome } from '../trial.js';
import { readObjectiveResult, reasonOf } from './objective-result.js';

/**
 * Calls an objective of the user's. Never rejects: whatever it does is the outcome.
 * @param metrics the one that ranks first, then those reported beside it.
 * @param onThrown is told what it threw.
 */
export async function evaluateObjective(
  call: () => unknown,
  metrics: readonly string[],
  onThrown?: (thrown: unknown) => void,
): Promise<FoldOutcome> {
  const startMs = performance.now();
  try {
    const scores = readObjectiveResult(await call(), metrics);
    if (typeof scores === 'string') return { state: 'failed', reason: scores };
    return { state: 'completed', scores, fitSeconds: (performance.now() - startMs) / 1000, scoreSeconds: 0 };
  } catch (thrown) {
    onThrown?.(thrown);
    return { state: 'failed', reason: reasonOf(thrown) };
  }
}
