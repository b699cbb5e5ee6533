import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatIssue, SpaceFileError } from '../../src/errors.js';
import { formatExpression } from '../../src/space/expression.js';
import { loadSpec, parseSpec, specFromObject } from '../../src/spec/load-spec.js';
import type { DataStudySpec } from '../../src/spec/spec.js';
import { problemsOf } from './problems-of.js';
import { VALID_SPACE } from './valid-space.js';

const DATA = 'data: {file: data.csv, target: y}\n';
const KNN = `${DATA}models:\n  knn: {use: knn}\n`;

function parse(text: string) {
  const { spec, warnings } = parseSpec(text, { file: 'space.yaml', directory: '/data', name: 'space' });
  return { spec: spec as DataStudySpec, warnings };
}

const problems = (text: string) => problemsOf(() => parse(text));

function parameters(text: string) {
  const { spec } = parse(text);
  return spec.space.parameters.map((parameter) => ({
    ...parameter,
    ...(parameter.when === undefined ? {} : { when: formatExpression(parameter.when) }),
  }));
}

describe('a file with every key', () => {
  const { spec, warnings } = parse(VALID_SPACE);

  test('gives every section', () => {
    expect(warnings.map(({ path }) => path)).toEqual(['data.groups']);
    const { space: _space, source: _source, models: _models, ...rest } = spec;
    expect(rest).toEqual({
      name: 'churn',
      seed: 42,
      directory: '/data',
      data: {
        file: '/data/churn.csv',
        target: 'churn',
        task: 'classification',
        exclude: ['customer_id'],
        types: { zip: 'categorical' },
        positive: 'Yes',
        groups: 'household',
        weights: 'weight',
      },
      objective: { metric: 'roc_auc', target: 0.95, also: ['accuracy', 'log_loss'] },
      evaluation: { cv: { kind: 'stratified', folds: 5, repeats: 2 }, holdout: 0.2 },
      search: {
        method: 'sobol',
        trials: 120,
        lag: 16,
        defaults: false,
        initial: [expect.objectContaining({ model: 'logreg', 'logreg.C': 10, 'preprocess.scale': 'standard' })],
      },
      baseline: true,
      budget: { wallMs: 1_800_000, trialMs: 120_000, foldMs: 90_000, patience: 40 },
    });
  });

  test('gives the parameters in the order of the file, model first', () => {
    expect(spec.space.parameters.map(({ name }) => name)).toEqual([
      'model',
      'preprocess.scale',
      'max_iter',
      'tree.criterion',
      'tree.max_depth',
      'tree.min_samples_leaf',
      'tree.min_samples_split',
      'logreg.C',
      'logreg.tol',
      'knn.preprocess.scale',
      'knn.n_neighbors',
      'knn.p',
      'knn.weights',
    ]);
  });

  test('completes what a configuration to try first leaves open', () => {
    // max_iter from 50 to 500 on a logarithmic scale: its middle is sqrt(50 * 500) = 158.1.
    const [first] = spec.search.initial;
    expect(Object.keys(first ?? {})).toEqual(['model', 'preprocess.scale', 'max_iter', 'logreg.C', 'logreg.tol']);
    expect(first?.max_iter).toBeGreaterThanOrEqual(157);
    expect(first?.max_iter).toBeLessThanOrEqual(159);
  });

  test('is itself again from its source', () => {
    const again = specFromObject(JSON.parse(JSON.stringify(spec.source)), { directory: '/data', name: 'other' });
    expect(again.spec.space.parameters).toEqual(spec.space.parameters);
    expect(again.spec.search).toEqual(spec.search);
    expect(again.spec.models).toEqual(spec.models);
  });
});

describe('defaults', () => {
  test('of a file with data and one model', () => {
    const { spec } = parse(KNN);
    expect(spec).toMatchObject({
      name: 'space',
      seed: 0,
      objective: { also: [] },
      evaluation: { cv: { folds: 5, repeats: 1 }, holdout: 0 },
      search: { method: 'random', trials: 50, lag: 4, initial: [], defaults: true },
      baseline: true,
      budget: {},
      models: [
        {
          name: 'knn',
          use: 'knn',
          resources: { cpus: 1, gpus: 0 },
          preprocessing: { impute: 'median', encode: 'onehot', scale: 'standard' },
          searchedPreprocessing: {},
        },
      ],
    });
    expect(spec.evaluation.cv.kind).toBeUndefined();
    expect(spec.data.task).toBeUndefined();
    expect(spec.space.parameters).toEqual([{ name: 'model', domain: { kind: 'constant', value: 'knn' } }]);
  });

  test('of a grid: all of it', () => {
    expect(parse(`${KNN}search: {method: grid}\n`).spec.search.trials).toBeUndefined();
  });

  test('of a holdout split', () => {
    expect(parse(`${KNN}evaluation: {cv: {kind: holdout, test: 0.4}}\n`).spec.evaluation.cv).toEqual({
      kind: 'holdout',
      repeats: 1,
      test: 0.4,
    });
  });

  test('the columns of splitters', () => {
    expect(parse(`${KNN}evaluation: {cv: {kind: time, column: date}}\n`).spec.evaluation.cv).toEqual({
      kind: 'time',
      column: 'date',
      folds: 5,
    });
    expect(parse(`${KNN}evaluation: {cv: {kind: predefined, column: 7}}\n`).spec.evaluation.cv).toEqual({
      kind: 'predefined',
      column: '7',
    });
  });

  test('racing and nested may be false, a million trials may be asked for', () => {
    const { spec } = parse(`${KNN}evaluation: {racing: false, nested: false}\nsearch: {trials: 1000000}\n`);
    expect(spec.search.trials).toBe(1_000_000);
    expect(problems(`${KNN}search: {trials: 1000001}\n`)).toHaveLength(1);
  });
});

describe('names', () => {
  test('a bare name is the own parameter first, then the shared one', () => {
    const found = parameters(`${DATA}
parameters:
  max_depth: int(1, 9)
preprocess:
  scale: choice(none, standard)
models:
  a:
    use: decision-tree
    parameters:
      max_depth: int(2, 5)
      min_samples_leaf: {min: 1, max: 9, type: int, when: max_depth > 3 and preprocess.scale == 'none'}
  b:
    use: decision-tree
    parameters:
      min_samples_leaf: {min: 1, max: 9, type: int, when: max_depth > 3}
`);
    expect(found.map(({ name, when }) => [name, when])).toEqual([
      ['model', undefined],
      ['max_depth', "model == 'b'"],
      ['preprocess.scale', undefined],
      ['a.max_depth', "model == 'a'"],
      ['a.min_samples_leaf', "model == 'a' and (a.max_depth > 3 and preprocess.scale == 'none')"],
      ['b.min_samples_leaf', "model == 'b' and max_depth > 3"],
    ]);
  });

  test('a constraint of a family binds that family only', () => {
    const { spec } = parse(`${DATA}
preprocess: {scale: {values: [none, standard]}}
models:
  a: {use: knn, constraints: [preprocess.scale != 'none']}
  b: {use: knn}
`);
    expect(spec.space.feasible({ model: 'a', 'preprocess.scale': 'none' })).toBe(false);
    expect(spec.space.feasible({ model: 'b', 'preprocess.scale': 'none' })).toBe(true);
  });

  test('shared parameters are active where the trainer has them', () => {
    const found = parameters(
      `${DATA}parameters: {C: 2}\nmodels:\n  a: {use: logistic-regression}\n  b: {use: knn}\n  c: {use: logistic-regression}\n`,
    );
    expect(found[1]).toMatchObject({ name: 'C', domain: { kind: 'constant', value: 2 } });
    expect(found[1]?.when).toBe("model in ['a', 'c']");
  });

  test("a model's own preprocessing replaces the shared one", () => {
    const { spec } = parse(`${DATA}
preprocess: {scale: {values: [none, standard]}, impute: mean}
models:
  a: {use: knn}
  b: {use: knn, preprocess: {scale: minmax}}
  c: {use: knn, preprocess: {scale: {values: [standard, robust]}}}
`);
    expect(spec.models.map((model) => [model.preprocessing.impute, model.preprocessing.scale])).toEqual([
      ['mean', 'standard'],
      ['mean', 'minmax'],
      ['mean', 'standard'],
    ]);
    expect(spec.models.map((model) => model.searchedPreprocessing)).toEqual([
      { scale: 'preprocess.scale' },
      {},
      { scale: 'c.preprocess.scale' },
    ]);
    expect(spec.space.problems({ model: 'b' })).toEqual([]);
    expect(spec.space.problems({ model: 'c', 'c.preprocess.scale': 'robust' })).toEqual([]);
    expect(spec.space.problems({ model: 'a' })).toHaveLength(1);
  });

  test('a condition can read preprocessing that is fixed', () => {
    const { spec } = parse(`${DATA}
models:
  a: {use: knn, preprocess: {scale: none}}
  b: {use: knn}
constraints:
  - not (preprocess.scale == 'standard' and model == 'b')
`);
    expect(spec.space.feasible(spec.space.complete({ model: 'a' }))).toBe(true);
    expect(spec.space.feasible(spec.space.complete({ model: 'b' }))).toBe(false);
  });

  test('names of Object.prototype are names like others', () => {
    const { spec } = parse(`${DATA}models:\n  constructor: {use: knn}\n  toString: {use: knn}\n`);
    expect(spec.models.map((model) => model.name)).toEqual(['constructor', 'toString']);
    expect(problems(`${KNN}toString: 1\nhasOwnProperty: 2\n`)).toHaveLength(2);
    expect(problems(`${KNN}search: {initial: [{constructor: 1}]}\n`)).toEqual([
      'search.initial[0].constructor: no such parameter; known: model (space.yaml:4:21)',
    ]);
    const source = JSON.parse(
      '{"__proto__": {"polluted": 1}, "data": {"file": "a", "target": "b", "types": {"__proto__": 1}}}',
    );
    expect(() => specFromObject(source, { directory: '/', name: 'x' })).toThrow(SpaceFileError);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

describe('problems', () => {
  test('are all reported at once, in the order of the file', () => {
    expect(
      problems(`data: {file: a.csv}
seed: -1
models:
  svm:
    use: logistic-regression
    parameters:
      C: {min: 9, max: 3}
      tolerance: 1
      max_iter: {min: 1, max: 9, type: int, when: "D == 1"}
search: {method: hyperband, trails: 3}
`),
    ).toEqual([
      "data: needs the key 'target': the column to predict (space.yaml:1:1)",
      'seed: must be a whole number >= 0, got -1 (space.yaml:2:7)',
      'models.svm.parameters.C: min must be <= max, got min 9, max 3 (space.yaml:7:7)',
      "models.svm.parameters.tolerance: unknown parameter of logistic-regression (did you mean 'tol'?) (space.yaml:8:7)",
      "models.svm.parameters.max_iter.when: no such parameter: 'D'; known: model, C, tolerance, max_iter, preprocess.impute, preprocess.encode, preprocess.scale; texts are written in quotes (space.yaml:9:51)",
      "search.method: must be one of grid, random, sobol, bayes, gp, tpe, cma-es, got 'hyperband' (space.yaml:10:18)",
      "search.trails: unknown key (did you mean 'trials'?) (space.yaml:10:29)",
    ]);
  });

  test('a bound that a parameter can never pass', () => {
    const text = `${DATA}models:
  k:
    use: knn
    parameters: {n_neighbors: "int(1, 20)", p: {min: 1, max: 2, when: n_neighbors >= 21}}
constraints: [k.n_neighbors > 30, k.n_neighbors <= 30]
`;
    expect(problems(text)).toEqual([
      'models.k.parameters.p.when: `n_neighbors >= 21` can never hold: n_neighbors is an integer from 1 to 20 (space.yaml:5:71)',
      'constraints[0]: `k.n_neighbors > 30` can never hold: k.n_neighbors is an integer from 1 to 20 (space.yaml:6:15)',
    ]);
  });

  test('a name with a hyphen without its backticks, once, with the text corrected', () => {
    const space = (constraint: string) => `${DATA}models:
  decision-tree: {use: decision-tree, parameters: {max_depth: "int(1, 9)"}}
  tree-2: {use: decision-tree, parameters: {max_depth: "int(1, 9)"}, constraints: ["tree-2.max_depth > 3"]}
constraints:
  - ${constraint}
`;
    const inFamily = '"`tree-2.max_depth` > 3" (space.yaml:4:84)';
    const advice = 'a name with a hyphen is written in backticks:';
    const wrong = "decision-tree.max_depth <= 4 or model != 'decision-tree'";
    expect(problems(space(wrong))).toEqual([
      `models.tree-2.constraints[0]: ${advice} ${inFamily}`,
      `constraints[0]: ${advice} "\`decision-tree.max_depth\` <= 4 or model != 'decision-tree'" (space.yaml:6:5)`,
    ]);
    const right = space(`"\`decision-tree.max_depth\` <= 4 or model != 'decision-tree'"`);
    expect(problems(right.replace('tree-2.max', '`tree-2`.max'))).toEqual([]);
  });

  test('a mistyped search method: the one that is meant', () => {
    expect(problems(`${KNN}search: {method: bays}`)).toEqual([
      "search.method: must be one of grid, random, sobol, bayes, gp, tpe, cma-es, got 'bays' (did you mean 'bayes'?) (space.yaml:4:18)",
    ]);
  });

  test('numbers as text are taken with a warning', () => {
    const { spec, warnings } = parse(`${DATA}
seed: "7"
models:
  m:
    use: logistic-regression
    parameters:
      C: {min: "1e-3", max: 10, log: true, default: "1"}
      tol: "1e-4"
`);
    expect(spec.seed).toBe(7);
    expect(spec.space.parameters.slice(1)).toMatchObject([
      { name: 'm.C', domain: { min: 0.001 }, default: 1 },
      { name: 'm.tol', domain: { kind: 'constant', value: 1e-4 } },
    ]);
    expect(warnings.map(formatIssue)).toEqual([
      "seed: '7' is text; read as the number 7, write it without quotes (space.yaml:3:7)",
      "models.m.parameters.C.min: '1e-3' is text; read as the number 0.001, write it without quotes (space.yaml:8:16)",
      "models.m.parameters.C.default: '1' is text; read as the number 1, write it without quotes (space.yaml:8:53)",
      "models.m.parameters.tol: '1e-4' is text; read as the number 0.0001, write it without quotes (space.yaml:9:12)",
    ]);
  });

  test('of a configuration to try first', () => {
    const space = `${DATA}
models:
  a: {use: knn, parameters: {n_neighbors: {min: 1, max: 9, type: int}}}
  b:
    use: logistic-regression
    parameters:
      C: loguniform(0.1, 10)
      max_iter: {min: 10, max: 99, type: int, when: C > 1}
search:
  initial:
`;
    expect(problems(`${space}    - {a.n_neighbors: 3}\n`)).toEqual([]);
    expect(problems(`${space}    - {model: a, b.C: 3}\n`)).toEqual([
      'search.initial[0].b.C: is not active in this configuration; leave it out (space.yaml:12:18)',
    ]);
    expect(problems(`${space}    - {model: c}\n`)).toEqual([
      'search.initial[0].model: must be one of a, b, got "c" (space.yaml:12:15)',
    ]);
    expect(problems(`${space}    - {b.C: 0.5, b.max_iter: 20}\n    - 3\n`)).toEqual([
      'search.initial[0].b.max_iter: is not active in this configuration; leave it out (space.yaml:12:18)',
      'search.initial[1]: must be a map such as {model: svm, svm.C: 10} (space.yaml:13:7)',
    ]);
  });

  test('a value is checked against the trainer’s own rule', () => {
    const tree = (parameters: string) =>
      problems(`${DATA}models: {t: {use: decision-tree, parameters: ${parameters}}}\n`);
    expect(tree('{max_depth: {values: [3, 0]}}')[0]).toContain('models.t.parameters.max_depth.values[1]: must be');
    expect(tree('{max_depth: {min: 1, max: 9, step: 2}}')).toEqual([]);
    expect(tree('{max_depth: {min: 1, max: 9, step: 0.5}}')[0]).toContain('got 1.5; write type: int');
    expect(tree('{max_depth: {normal: {mean: 5, std: 1}}}')[0]).toContain('every value');
  });

  test('a normal range whose tails leave the rule needs bounds', () => {
    const ridge = (alpha: string) => problems(`${DATA}models: {r: {use: ridge, parameters: {alpha: ${alpha}}}}\n`);
    expect(ridge('"normal(3.01, 1)"')).toEqual([
      expect.stringMatching(/every value must be a number .* got -5\.29\S* far below the mean; give min/),
    ]);
    expect(ridge('{normal: {mean: 3.01, std: 1, min: 0.1}}')).toEqual([]);
    expect(ridge('{normal: {mean: 3.01, std: 1, min: -1}}')[0]).toContain('min must be');
    // Nothing is drawn from farther than 8.3 standard deviations.
    expect(ridge('"normal(9, 1)"')).toEqual([]);
    expect(ridge('"lognormal(-5, 100)"')).toEqual([]);
    const tree = (share: string) =>
      problems(`${DATA}models: {t: {use: decision-tree, parameters: {max_features: {normal: ${share}}}}}\n`);
    expect(tree('{mean: 0.5, std: 0.2, min: 0.1}')[0]).toMatch(/got 2\.1\S* far above the mean; give max/);
    expect(tree('{mean: 0.5, std: 0.2, min: 0.1, max: 1}')).toEqual([]);
    expect(tree('{mean: 0.5, std: 0.01}')).toEqual([]);
  });

  test('more parameters than a space can have', () => {
    const values = Array.from(
      { length: 40 },
      (_, i) => `  m${i}: {use: knn, parameters: {n_neighbors: 3, p: 2, weights: uniform}}`,
    );
    expect(problems(`${DATA}models:\n${values.join('\n')}\n`)).toEqual([]);
    const many = Array.from({ length: 101 }, (_, i) => `  m${i}: {use: knn}`);
    expect(problems(`${DATA}models:\n${many.join('\n')}\n`)).toEqual([
      'models: at most 100 models, got 101 (space.yaml:2:1)',
    ]);
  });

  test('thousands of them stay readable', () => {
    const lines = Array.from({ length: 3000 }, (_, i) => `key${i}: 1`).join('\n');
    try {
      parse(`${KNN}${lines}\n`);
      expect.unreachable();
    } catch (error) {
      const { message, hint, issues } = error as SpaceFileError;
      expect(message).toBe('space.yaml has 3000 problems');
      expect(hint).toBe('the first 50 are listed');
      expect(issues).toHaveLength(50);
    }
  });
});

describe('files', () => {
  test('relative paths start from the folder of the file; its name is the name of the study', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cml-spec-'));
    await writeFile(join(folder, 'my study.yaml'), `\uFEFF${KNN.replaceAll('\n', '\r\n')}`);
    const { spec } = await loadSpec(join(folder, 'my study.yaml'), [{ path: 'seed', value: '3' }]);
    expect(spec).toMatchObject({
      name: 'my study',
      seed: 3,
      directory: folder,
      data: { file: join(folder, 'data.csv') },
    });
    await rm(folder, { recursive: true });
  });

  test('one that is missing, a folder or 10 MB is refused', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cml-spec-'));
    await writeFile(join(folder, 'big.yaml'), 'x'.repeat(10_000_000));
    await expect(loadSpec(join(folder, 'none.yaml'))).rejects.toThrow(/no such file.*none\.yaml/);
    await expect(loadSpec(folder)).rejects.toThrow('is a folder');
    await expect(loadSpec(join(folder, 'big.yaml'))).rejects.toThrow('the file has 10.0 MB');
    await rm(folder, { recursive: true });
  });
});
