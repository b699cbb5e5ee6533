import type { Predicted, Truth } from '../metrics/metric.js';

/** What a command gave back: numbers by name, or what it predicts of the test rows. */
export type CommandResult =
  | { readonly kind: 'metrics'; readonly values: Readonly<Record<string, unknown>> }
  | { readonly kind: 'predictions'; readonly predictions: unknown; readonly probabilities: unknown };

/** @throws Error when the text is no JSON object. @param origin where it comes from, for the message. */
export function parseResult(text: string, origin: string): CommandResult {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new Error(`${origin} is not JSON: ${(error as Error).message}`);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new Error(`${origin} must be an object of numbers, or {"predictions": [...]}, got ${text.slice(0, 100)}`);
  }
  const values = parsed as Readonly<Record<string, unknown>>;
  if (!('predictions' in values)) return { kind: 'metrics', values };
  return { kind: 'predictions', predictions: values.predictions, probabilities: values.probabilities };
}

/**
 * Predictions as metrics read them.
 * @param predictions labels or numbers, one a test row. @param probabilities a list of one probability a class for each
 *   row, in the order of the sorted labels; with two classes also one number a row, of the positive class.
 * @throws Error with what is wrong.
 */
export function readPredictions(predictions: unknown, probabilities: unknown, truth: Truth): Predicted {
  const rows = truth.values.length;
  const given = listOf(predictions, 'predictions', rows);
  if (truth.task === 'regression') {
    return { values: Float64Array.from(given, (value, row) => numberOf(value, 'predictions', row)) };
  }
  const classes = new Map(truth.classes.map((label, index) => [label, index]));
  const values = Float64Array.from(given, (label, row) => {
    const index = classes.get(String(label)) ?? truth.classes.findIndex((known) => sameNumber(known, label));
    if (index >= 0) return index;
    const known = truth.classes.slice(0, 10).join(', ');
    throw new Error(`predictions: ${JSON.stringify(label)} for test row ${row + 1} is no class; classes are ${known}`);
  });
  if (probabilities === undefined) return { values };
  return { values, probabilities: readProbabilities(probabilities, truth.classes.length, truth.positive, rows) };
}

function readProbabilities(given: unknown, classes: number, positive: number, rows: number): Float64Array {
  const list = listOf(given, 'probabilities', rows);
  const result = new Float64Array(rows * classes);
  for (const [row, cells] of list.entries()) {
    if (classes === 2 && typeof cells === 'number') {
      result[row * 2 + positive] = cells;
      result[row * 2 + 1 - positive] = 1 - cells;
      continue;
    }
    const line = listOf(cells, `probabilities of test row ${row + 1}`, classes);
    for (let index = 0; index < classes; index++) {
      result[row * classes + index] = numberOf(line[index], 'probabilities', row);
    }
  }
  return result;
}

function listOf(given: unknown, name: string, length: number): readonly unknown[] {
  if (!Array.isArray(given)) throw new Error(`${name} must be a list, got ${JSON.stringify(given)?.slice(0, 50)}`);
  if (given.length !== length) throw new Error(`${name} must have ${length} elements, got ${given.length}`);
  return given;
}

function numberOf(value: unknown, name: string, row: number): number {
  if (typeof value === 'number') return value;
  throw new Error(`${name} must be numbers, got ${JSON.stringify(value)} for test row ${row + 1}`);
}

function sameNumber(known: string, label: unknown): boolean {
  return typeof label === 'number' && known.trim() !== '' && Number(known) === label;
}
