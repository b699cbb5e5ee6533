import type { Dataset } from '../../data/dataset.js';
import type { StudyDescription } from './study-description.js';

export function describeData(file: string, dataset: Dataset): StudyDescription['data'] {
  const { target, features, rows } = dataset;
  const kinds = { numeric: 0, categorical: 0, boolean: 0 };
  let missing = 0;
  for (const feature of features) {
    kinds[feature.kind]++;
    if (feature.kind === 'categorical') for (const code of feature.codes) missing += code === -1 ? 1 : 0;
    else for (const value of feature.values) missing += Number.isNaN(value) ? 1 : 0;
  }
  const description = {
    file,
    rows,
    features: kinds,
    missing_cells: missing,
    missing_share: missing / (rows * features.length),
    target: target.name,
    task: target.task,
  };
  if (target.task === 'regression') return { ...description, classes: null, positive: null };
  const counts = new Uint32Array(target.classes.length);
  for (const value of target.values) counts[value]!++;
  return {
    ...description,
    classes: Object.fromEntries(target.classes.map((name, index) => [name, counts[index]!])),
    positive: target.classes.length === 2 ? target.classes[target.positive]! : null,
  };
}
