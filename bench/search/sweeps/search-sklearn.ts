import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Params } from '../../../src/trial.js';
import { askOf, openStudy } from '../open-study.js';
import { type BenchParameter, choice } from '../parameters.js';
import type { SweepPlan } from './sweep-plans.js';

export interface SklearnSearch {
  readonly plan: SweepPlan;
  /** With a column `fold`. */
  readonly file: string;
  readonly seed: number;
  readonly trials: number;
  readonly root: string;
  readonly python: string;
}

/** Our sampler over scikit-learn's models, one trial at a time and without known-good configurations. @returns the best score. */
export async function searchSklearn({ plan, file, seed, trials, root, python }: SklearnSearch): Promise<number> {
  const script = join(root, 'bench/search/sweeps/sklearn_sweeps.py');
  const child = spawn(python, [script, file, JSON.stringify(plan), `${seed}`], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  });
  const replies = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const isHigherBetter = plan.metric === 'r2';
  const goal = isHigherBetter ? 'maximize' : 'minimize';
  const study = openStudy(parametersOf(plan), { method: 'bayes', seed, trials, goal });
  const scores: number[] = [];
  for (let trial = 0; trial < trials; trial++) {
    const { id, params } = askOf(study);
    child.stdin.write(`${JSON.stringify(requestOf(plan, params))}\n`);
    const { value, done } = await replies.next();
    if (done === true) throw new Error(`${script} ended after ${trial} trials`);
    const { score }: { readonly score: number } = JSON.parse(value);
    scores.push(score);
    study.tell(id, score);
  }
  child.stdin.end();
  return isHigherBetter ? Math.max(...scores) : Math.min(...scores);
}

/** Those of a model under its name, where there are several. */
function parametersOf({ models }: SweepPlan): readonly BenchParameter[] {
  if (models.length === 1) return models[0]!.parameters;
  const ofModels = models.flatMap(({ trainer, parameters }) =>
    parameters.map((parameter) => ({
      ...parameter,
      name: fullName(trainer, parameter.name),
      when: { param: 'model', equals: trainer },
    })),
  );
  return [
    choice(
      'model',
      models.map(({ trainer }) => trainer),
    ),
    ...ofModels,
  ];
}

function requestOf({ models }: SweepPlan, params: Params) {
  const trainer = models.length === 1 ? models[0]!.trainer : String(params.model);
  const { parameters } = models.find((model) => model.trainer === trainer)!;
  const given = parameters.flatMap(({ name }) => {
    const value = params[models.length === 1 ? name : fullName(trainer, name)];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { trainer, params: Object.fromEntries(given) };
}

function fullName(trainer: string, name: string): string {
  return `${trainer}.${name}`;
}
