import { DataError, spaceFileError } from '../../errors.js';
import { assignedFolds } from '../assigned-folds.js';
import type { Splitter } from '../splitter.js';

/**
 * K-fold with every class spread evenly: each fold tests floor(c / k) or ceil(c / k) of the c rows of a class, and of
 * all n rows floor(n / k) or ceil(n / k), the larger ones first. The rows sorted by class are dealt to the folds in turn,
 * which fixes how many rows of a class each fold tests (as in scikit-learn's StratifiedKFold where labels first appear
 * in their order); which rows these are is drawn.
 */
export const stratified: Splitter = {
  name: 'stratified',
  summary: 'as kfold, with every class spread evenly over the folds',
  split(dataset, rows, { folds, repeats }, random) {
    const target = dataset.target;
    if (target.task !== 'classification') {
      const message = `stratified needs classes, but the target '${target.name}' is numeric; use kfold`;
      throw spaceFileError('the space file', [{ path: 'evaluation.cv.kind', message }]);
    }
    const rowsOfClass = target.classes.map((_, label) => positionsOf(target.values, rows, label));
    refuseRareClasses(target, rowsOfClass, folds);
    return Array.from({ length: repeats }, (_, repeat) => {
      const stream = random(repeat);
      const assignment = new Int32Array(rows.length);
      let dealt = 0;
      for (const positions of rowsOfClass) {
        // Sorted, so that the lower folds come first before the shuffle whatever class the dealing stood at.
        const dealing = Int32Array.from(positions, (_, index) => (dealt + index) % folds).sort();
        stream.shuffle(dealing);
        for (let index = 0; index < positions.length; index++) assignment[positions[index]!] = dealing[index]!;
        dealt += positions.length;
      }
      return assignedFolds(rows, assignment, folds);
    }).flat();
  },
};

function positionsOf(labels: Float64Array, rows: Int32Array, label: number): Int32Array {
  const positions: number[] = [];
  for (let position = 0; position < rows.length; position++) {
    if (labels[rows[position]!] === label) positions.push(position);
  }
  return Int32Array.from(positions);
}

function refuseRareClasses(
  target: { readonly name: string; readonly classes: readonly string[] },
  rowsOfClass: readonly Int32Array[],
  folds: number,
): void {
  const rare = target.classes
    .map((label, index) => ({ label, count: rowsOfClass[index]!.length }))
    .filter(({ count }) => count < folds);
  if (rare.length === 0) return;
  const named = rare.slice(0, 5).map(({ label, count }) => `'${label}' has ${count} ${count === 1 ? 'row' : 'rows'}`);
  if (rare.length > named.length) named.push(`${rare.length - named.length} more`);
  const smallest = Math.min(...rare.map(({ count }) => count));
  const fewer = smallest >= 2 ? `lower evaluation.cv.folds to ${smallest} or less, or ` : '';
  throw new DataError(`${folds} folds need ${folds} rows of every class of '${target.name}': ${named.join(', ')}`, {
    hint: `${fewer}exclude the rows of rare classes from the data, or set evaluation.cv.kind: kfold`,
  });
}
