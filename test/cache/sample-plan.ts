import { fileURLToPath } from 'node:url';
import { loadDataset } from '../../src/data/load-dataset.js';
import { specFromObject } from '../../src/spec/load-spec.js';
import { createPlan } from '../../src/validation/create-plan.js';
import type { EvaluationPlan } from '../../src/validation/evaluation-plan.js';

/** A plan of a file of search-spaces/data, with bins and a holdout. */
export async function samplePlan(file = 'iris.csv', target = 'species'): Promise<EvaluationPlan> {
  const directory = fileURLToPath(new URL('../../search-spaces/', import.meta.url));
  const source = {
    data: { file: `data/${file}`, target },
    evaluation: { holdout: 0.2 },
    models: { forest: { use: 'random-forest' } },
  };
  const { spec } = specFromObject(source, { directory, name: 'sample' });
  if (spec.data === undefined) throw new Error('the sample has data');
  const { dataset } = await loadDataset(spec.data, undefined);
  return createPlan(spec, dataset);
}
