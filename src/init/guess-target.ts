import type { RawColumn, RawTable } from '../data/raw-table.js';

/** Names under which tables usually hold what is to be predicted, the surest first. */
const TARGET_NAMES = [
  'target',
  'label',
  'class',
  'y',
  'outcome',
  'response',
  'diagnosis',
  'species',
  'churn',
  'churned',
  'fraud',
  'is_fraud',
  'survived',
  'status',
  'default',
  'defaulted',
  'quality',
  'category',
  'sentiment',
  'result',
];

/** A single text column among numbers is taken for the classes when it has at most this many different texts. */
const MOST_CLASSES = 100;

export interface TargetGuess {
  readonly name: string;
  /** Why, in words that follow `guessed: `. */
  readonly reason: string;
}

/** The column that is most likely to be predicted: by its name, else the only text column, else the last one. */
export function guessTarget(table: RawTable): TargetGuess {
  const columns = table.columns.filter(hasSeveralValues);
  for (const name of TARGET_NAMES) {
    const column = columns.find((candidate) => candidate.name.trim().toLowerCase() === name);
    if (column !== undefined) return { name: column.name, reason: 'by its name' };
  }
  const texts = columns.filter((column) => column.kind === 'text');
  const only = texts.length === 1 ? texts[0] : undefined;
  if (only?.kind === 'text' && !only.overflowed && only.texts.length <= MOST_CLASSES) {
    return { name: only.name, reason: 'the only column of texts' };
  }
  return { name: (columns.at(-1) ?? table.columns.at(-1)!).name, reason: 'the last column' };
}

function hasSeveralValues(column: RawColumn): boolean {
  if (column.kind === 'skipped') return false;
  if (column.kind === 'text') return column.texts.length > 1;
  const first = column.values.find((value) => !Number.isNaN(value));
  return column.values.some((value) => !Number.isNaN(value) && value !== first);
}
