import { yamlText } from '../init/yaml-text.js';
import type { Path } from '../spec/place.js';
import type { ImportNotes } from './import-notes.js';
import { numberOf } from './plain.js';

/** `search.pruning` of a space file. */
export type ImportedPruning =
  | { readonly method: 'median'; readonly warmup?: number; readonly startup?: number }
  | { readonly method: 'halving'; readonly min_steps?: number; readonly factor?: number };

/**
 * Median stopping, said with what it needs.
 * @param what as the other tool calls it. @param warmup the step from which it judges. @param startup trials before it does.
 */
export function medianPruning(
  what: string,
  { warmup, startup }: { readonly warmup?: unknown; readonly startup?: unknown },
  path: Path,
  notes: ImportNotes,
): ImportedPruning {
  return said(what, { method: 'median', ...whole('warmup', warmup, 0), ...whole('startup', startup, 1) }, path, notes);
}

/**
 * Successive halving, also for Hyperband, said with what it needs.
 * @param what as the other tool calls it. @param minSteps the first step at which it judges. @param factor one in so many
 *   goes on.
 */
export function halvingPruning(
  what: string,
  { minSteps, factor }: { readonly minSteps?: unknown; readonly factor?: unknown },
  path: Path,
  notes: ImportNotes,
): ImportedPruning {
  const given = numberOf(factor);
  const sound = given !== undefined && given >= 1.5 && given <= 100;
  const pruning = { method: 'halving', ...whole('min_steps', minSteps, 1), ...(sound && { factor: given }) } as const;
  return said(what, pruning, path, notes);
}

/** What a space file would refuse takes its default: the line that says what came out shows it. */
function whole<K extends string>(key: K, given: unknown, least: number): { readonly [key in K]?: number } {
  const value = numberOf(given);
  return value !== undefined && Number.isSafeInteger(value) && value >= least
    ? ({ [key]: value } as { [key in K]: number })
    : {};
}

function said(what: string, pruning: ImportedPruning, path: Path, notes: ImportNotes): ImportedPruning {
  const becomes = `search.pruning: ${yamlText({ ...pruning })}`;
  notes.add(path, `${what}: ${becomes}; it judges a program that prints {"step": 1, "value": 0.5} as it learns`);
  return pruning;
}
