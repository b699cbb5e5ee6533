import { compareSpecs } from '../spec/compare-specs.js';
import type { Spec } from '../spec/spec.js';

/** What of a spec decides whether a run of another one can go on as this one. */
export type ContinuedSpec = Pick<Spec, 'source' | 'search' | 'budget'>;

/**
 * Why a run cannot go on with a changed space file, one line a difference; empty when it can. More trials, a longer
 * budget and more patience lead to where a run would be that had them from the beginning, but for what a limit of time
 * or memory has ended already. A grid spreads over all its trials, so that their number decides each of them.
 */
export function continuationProblems(before: ContinuedSpec, after: ContinuedSpec): readonly string[] {
  const lines = [...compareSpecs(withoutLimits(before.source), withoutLimits(after.source))];
  const limits = [
    ['search.trials', before.search.trials, after.search.trials],
    ['budget.wall', before.budget.wallMs, after.budget.wallMs],
    ['budget.trial', before.budget.trialMs, after.budget.trialMs],
    ['budget.fold', before.budget.foldMs, after.budget.foldMs],
    ['budget.patience', before.budget.patience, after.budget.patience],
  ] as const;
  for (const [name, old, now] of limits) {
    if (old === now) continue;
    const grid = name === 'search.trials' && after.search.method === 'grid';
    if (!grid && (now ?? Number.POSITIVE_INFINITY) > (old ?? Number.POSITIVE_INFINITY)) continue;
    const unit = name.startsWith('budget.') && name !== 'budget.patience' ? ' ms' : '';
    const shown = (value: number | undefined) => (value === undefined ? '(absent)' : `${value}${unit}`);
    lines.push(`${name}: ${shown(old)} -> ${shown(now)} (${grid ? 'a grid depends on it' : 'it may only grow'})`);
  }
  return lines;
}

function withoutLimits({ search, budget: _, ...rest }: ContinuedSpec['source']): ContinuedSpec['source'] {
  if (typeof search !== 'object' || search === null) return rest;
  const { trials: __, ...kept } = search as Readonly<Record<string, unknown>>;
  return Object.keys(kept).length === 0 ? rest : { ...rest, search: kept };
}
