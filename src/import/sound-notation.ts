import type { Notation } from './imported-study.js';

type Range = Extract<Notation, { form: 'range' }>;

/** A notation that the rules of a space file allow, and as near as they let it be. @param note told what was changed. */
export function sound(notation: Notation, note: (message: string) => void): Notation {
  switch (notation.form) {
    case 'fixed':
      return notation;
    case 'values':
      return distinct(notation, note);
    case 'range':
      return soundRange(notation, note);
    case 'normal':
      return notation.std > 0 ? notation : { form: 'fixed', value: notation.mean };
  }
}

function distinct(notation: Extract<Notation, { form: 'values' }>, note: (message: string) => void): Notation {
  const values = [...new Map(notation.values.map((value) => [JSON.stringify(value), value])).values()];
  if (values.length < notation.values.length) note('a value stands twice: kept once, with the weight of one');
  return { ...notation, values };
}

function soundRange(given: Range, note: (message: string) => void): Notation {
  const { log, step, int, ...rest } = given;
  const whole = int === true && [given.min, given.max, step ?? 1].every(Number.isSafeInteger);
  if (int === true && !whole) note('a whole number with bounds or a step that are none: kept as a number');
  if (given.min > given.max) note(`min ${given.min} is above max ${given.max}: exchanged`);
  const min = Math.min(given.min, given.max);
  const max = Math.max(given.min, given.max);
  if (log === true && min <= 0) note(`the logarithmic scale needs a min above 0, got ${min}: left out`);
  const logarithmic = log === true && min > 0;
  const stepped = step !== undefined && step > 0 && !(whole && step === 1);
  if (stepped && logarithmic) note(`the step ${step} is left out: a logarithmic range has none`);
  const wide = stepped && step > max - min && min < max;
  if (wide && !logarithmic) note(`the step ${step} is left out: it is wider than the range`);
  const fallback = rest.default;
  return {
    form: 'range',
    min,
    max,
    ...(logarithmic && { log: true }),
    ...(stepped && !logarithmic && !wide && { step }),
    ...(whole && { int: true }),
    ...(fallback !== undefined && fallback >= min && fallback <= max && { default: fallback }),
    ...(rest.when !== undefined && { when: rest.when }),
  };
}
