import type { Random } from '../../../random.js';
import type { TrainerParams } from '../../trainer.js';
import type { TreeTrainingSet } from '../bins/tree-training-set.js';

/** `early_stopping: auto` switches it on beyond this many rows, as in scikit-learn. */
const AUTOMATIC_ROWS = 10_000;

/**
 * Sets rows aside that decide when to stop; each class gives its share.
 * @returns dataset rows, those to learn from first, in both parts in the order of `set.rows`, and how many those are.
 */
export function divideForStopping(
  set: TreeTrainingSet,
  params: TrainerParams,
  random: Random,
): { rowOf: Int32Array; training: number } {
  const { rows } = set;
  const wanted = params.early_stopping === 'auto' ? rows.length > AUTOMATIC_ROWS : params.early_stopping === true;
  if (!wanted) return { rowOf: rows, training: rows.length };
  const aside = new Uint8Array(rows.length);
  // The groups lie in what is the result once they have served: rows can be many.
  const rowOf = new Int32Array(rows.length);
  for (const members of groupsOf(set, rowOf)) {
    random.shuffle(members);
    // One row of each group at least is learned from.
    const count = Math.min(members.length - 1, Math.round(Number(params.validation_fraction) * members.length));
    for (let i = 0; i < count; i++) aside[members[i]!] = 1;
  }
  let training = 0;
  for (let i = 0; i < rows.length; i++) if (aside[i] === 0) rowOf[training++] = rows[i]!;
  let place = training;
  for (let i = 0; i < rows.length; i++) if (aside[i] === 1) rowOf[place++] = rows[i]!;
  return { rowOf, training };
}

/** Places in `rows` by class; all of them for regression. @param places what they are written to. */
function groupsOf(set: TreeTrainingSet, places: Int32Array): readonly Int32Array[] {
  const { rows, target, classCount } = set;
  if (classCount === undefined) {
    for (let i = 0; i < places.length; i++) places[i] = i;
    return [places];
  }
  const sizes = new Int32Array(classCount);
  for (let i = 0; i < rows.length; i++) sizes[target[rows[i]!]!]!++;
  let end = 0;
  const groups = Array.from(sizes, (size) => {
    end += size;
    return places.subarray(end - size, end);
  });
  for (let i = rows.length - 1; i >= 0; i--) {
    const group = target[rows[i]!]!;
    groups[group]![--sizes[group]!] = i;
  }
  return groups;
}
