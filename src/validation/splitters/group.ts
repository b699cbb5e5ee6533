import { DataError } from '../../errors.js';
import { assignedFolds } from '../assigned-folds.js';
import { groupRows } from '../row-groups.js';
import type { Splitter } from '../splitter.js';

/**
 * K-fold in which all rows of a group test together. As scikit-learn's GroupKFold: the largest group first, each into
 * the fold with the fewest rows so far (the lower fold of equal ones), so that no two folds differ by more rows than
 * the largest group has. Groups of equal size come in drawn order: that is all in which repeats differ.
 */
export const group: Splitter = {
  name: 'group',
  summary: 'as kfold, with all rows of a group in the same fold',
  split(dataset, rows, { folds, repeats }, random) {
    const { groupOf, sizes } = groupRows(dataset, rows);
    if (sizes.length < folds) {
      throw new DataError(`${folds} folds need ${folds} groups or more, and there are ${sizes.length}`, {
        hint:
          sizes.length < 2
            ? 'choose another data.groups, or another evaluation.cv.kind'
            : `lower evaluation.cv.folds to ${sizes.length} or less, or choose another data.groups`,
      });
    }
    return Array.from({ length: repeats }, (_, repeat) => {
      const drawn = random(repeat).shuffle(Array.from(sizes.keys()));
      const foldOfGroup = balance(
        drawn.sort((a, b) => sizes[b]! - sizes[a]!),
        sizes,
        folds,
      );
      const assignment = groupOf.map((number) => foldOfGroup[number]!);
      return assignedFolds(rows, assignment, folds);
    }).flat();
  },
};

function balance(ordered: readonly number[], sizes: readonly number[], folds: number): Int32Array {
  const foldOfGroup = new Int32Array(sizes.length);
  const load = new Float64Array(folds);
  for (const number of ordered) {
    let lightest = 0;
    for (let fold = 1; fold < folds; fold++) if (load[fold]! < load[lightest]!) lightest = fold;
    foldOfGroup[number] = lightest;
    load[lightest]! += sizes[number]!;
  }
  return foldOfGroup;
}
