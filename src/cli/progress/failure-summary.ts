import type { TrialView } from '../../study/study-state.js';
import { isFailure } from '../../trial.js';
import { visibleText } from '../../visible-text.js';

const MAX_LINES = 5;
const MAX_NUMBERS = 5;
const MAX_REASON = 300;

/** Failed trials grouped by state and reason, the most frequent first: a headline and at most five lines. */
export function failureSummary(trials: readonly TrialView[]): readonly string[] {
  const groups = new Map<string, number[]>();
  let failed = 0;
  for (const { state, reason, number } of trials) {
    if (!isFailure(state)) continue;
    failed++;
    const key = `${state}: ${visibleText(reason ?? '').slice(0, MAX_REASON)}`;
    const numbers = groups.get(key);
    if (numbers === undefined) groups.set(key, [number]);
    else numbers.push(number);
  }
  if (failed === 0) return [];
  const sorted = [...groups].sort(([, a], [, b]) => b.length - a.length || a[0]! - b[0]!);
  const shown = sorted.length > MAX_LINES ? MAX_LINES - 1 : MAX_LINES;
  const lines = sorted.slice(0, shown).map(([key, numbers]) => `  ${numbers.length} x ${key} (${numberText(numbers)})`);
  const rest = sorted.slice(shown);
  if (rest.length > 0) {
    const count = rest.reduce((sum, [, numbers]) => sum + numbers.length, 0);
    lines.push(`  ${count} more for ${rest.length} other reasons: see \`cml leaderboard --sort trial\``);
  }
  return [`${failed} of ${trials.length} trials failed:`, ...lines];
}

function numberText(numbers: readonly number[]): string {
  const shown = numbers.slice(0, MAX_NUMBERS).join(', ');
  const more = numbers.length - MAX_NUMBERS;
  return `trial${numbers.length === 1 ? '' : 's'} ${shown}${more > 0 ? ` and ${more} more` : ''}`;
}
