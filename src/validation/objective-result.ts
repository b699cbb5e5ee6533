import { inspect } from 'node:util';
import { suggestName } from '../nearest-name.js';
import type { Scores } from '../trial.js';

const REASON_LIMIT_CHARACTERS = 1000;
const NAMES_SHOWN = 10;
const OUTPUT_FOLLOWS = '; it said:\n';

/** What an objective of the user's may return: the number to rank by, or all numbers by name. */
export type ObjectiveResult = number | Readonly<Record<string, number>>;

/**
 * What an objective returned, checked.
 * @param metrics the one that ranks first, then those reported beside it; others are left out.
 * @returns the scores, or why there are none.
 */
export function readObjectiveResult(returned: unknown, metrics: readonly string[]): Scores | string {
  if (Array.isArray(returned)) return SEVERAL_NUMBERS;
  const [ranking] = metrics;
  const numbers = typeof returned === 'number' ? { [ranking!]: returned } : returned;
  if (typeof numbers !== 'object' || numbers === null) {
    return `the objective must return a number or an object of numbers, got ${inspect(returned).slice(0, 100)}`;
  }
  const given = new Map<string, unknown>(Object.entries(numbers));
  const scores: Record<string, number> = {};
  for (const metric of metrics) {
    const score = given.get(metric);
    if (score === undefined) return missing(metric, returned);
    if (typeof score !== 'number' || !Number.isFinite(score)) return notFinite(metric, score);
    scores[metric] = score;
  }
  return scores;
}

function missing(metric: string, returned: unknown): string {
  const names = typeof returned === 'object' && returned !== null ? Object.keys(returned) : [];
  const shown = names.slice(0, NAMES_SHOWN).join(', ') + (names.length > NAMES_SHOWN ? ', …' : '');
  const got = typeof returned === 'number' ? 'one number' : shown === '' ? 'an empty object' : shown;
  return `${metric} is missing from what the objective returned; got ${got}${suggestName(metric, names)}`;
}

/** For who returns a list where one number ranks. */
export const SEVERAL_NUMBERS =
  'several objectives are not supported: give the one number that ranks, and others by name, listed in `objective.also`';

export function notFinite(metric: string, score: unknown): string {
  return `${metric} must be a finite number, got ${inspect(score).slice(0, 100)}`;
}

/** What a user's code threw, as the reason of a failed trial: its message, or what it is where there is none. */
export function reasonOf(thrown: unknown): string {
  return (messageOf(thrown) ?? `threw ${inspect(thrown)} (throw an Error with a message)`).slice(
    0,
    REASON_LIMIT_CHARACTERS,
  );
}

/** Errors of other realms, and what imitates them, have a message too. */
function messageOf(thrown: unknown): string | undefined {
  const isObject = typeof thrown === 'object' && thrown !== null;
  const message: unknown = isObject && 'message' in thrown ? thrown.message : thrown;
  if (typeof message === 'string' && message !== '') return message;
  return thrown instanceof Error ? thrown.name : undefined;
}

/** A reason, and what the program printed before. @param said its last lines; empty: nothing. */
export function reasonWithOutput(reason: string, said: string): string {
  return said === '' ? reason : `${reason}${OUTPUT_FOLLOWS}${said}`;
}

/** The two parts of such a reason; of any other, all of it and an empty text. */
export function splitReason(reason: string): { readonly message: string; readonly said: string } {
  const [message = '', ...said] = reason.split(OUTPUT_FOLLOWS);
  return { message, said: said.join(OUTPUT_FOLLOWS) };
}
