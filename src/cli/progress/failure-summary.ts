import type { TrialView } from '../../study/study-state.js';
import { isFailure } from '../../trial.js';
import { splitReason } from '../../validation/objective-result.js';
import { visibleText } from '../../visible-text.js';

const MAX_LINES = 5;
const MAX_NUMBERS = 5;
const MAX_REASON = 300;

interface Group {
  /** Of trials, in their order. */
  readonly numbers: number[];
  /** The different last lines that their programs printed. */
  readonly endings: Set<string>;
}

/**
 * Failed trials grouped by state and reason, the most frequent first: a headline and at most five lines. What programs
 * printed makes no groups; its last line is shown where it is the same in all of one.
 * @param run as it stands behind `cml leaderboard`.
 */
export function failureSummary(trials: readonly TrialView[], run: string): readonly string[] {
  const groups = new Map<string, Group>();
  let failed = 0;
  for (const { state, reason, number } of trials) {
    if (!isFailure(state)) continue;
    failed++;
    const { message, said } = splitReason(reason ?? '');
    const key = `${state}: ${visibleText(message).slice(0, MAX_REASON)}`;
    const group = groups.get(key) ?? { numbers: [], endings: new Set<string>() };
    group.numbers.push(number);
    group.endings.add(said.slice(said.lastIndexOf('\n') + 1));
    groups.set(key, group);
  }
  if (failed === 0) return [];
  const sorted = [...groups].sort(([, { numbers: a }], [, { numbers: b }]) => b.length - a.length || a[0]! - b[0]!);
  const shown = sorted.length > MAX_LINES ? MAX_LINES - 1 : MAX_LINES;
  const lines = sorted
    .slice(0, shown)
    .map(([key, group]) => `  ${group.numbers.length} x ${key}${endingText(group)} (${numberText(group.numbers)})`);
  const rest = sorted.slice(shown);
  if (rest.length > 0) {
    const count = rest.reduce((sum, [, { numbers }]) => sum + numbers.length, 0);
    lines.push(`  ${count} more for ${rest.length} other reasons: see \`cml leaderboard ${run} --sort trial\``);
  }
  return [`${failed} of ${trials.length} trials failed:`, ...lines];
}

function endingText({ endings }: Group): string {
  const [ending = ''] = endings;
  return endings.size === 1 && ending !== '' ? `; it said: ${visibleText(ending).slice(0, MAX_REASON)}` : '';
}

function numberText(numbers: readonly number[]): string {
  const shown = numbers.slice(0, MAX_NUMBERS).join(', ');
  const more = numbers.length - MAX_NUMBERS;
  return `trial${numbers.length === 1 ? '' : 's'} ${shown}${more > 0 ? ` and ${more} more` : ''}`;
}
