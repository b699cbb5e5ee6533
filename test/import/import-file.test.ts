import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importFile } from '../../src/import/import-file.js';
import { loadSpec } from '../../src/spec/load-spec.js';

const FIXTURES = resolve(import.meta.dirname, '../fixtures/import');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cml-import-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;

/** Imports a fixture, or a text, and reads what was written. */
async function imported(source: string, options: { readonly command?: string; readonly from?: string } = {}) {
  const out = join(folder, `space-${++count}.yaml`);
  let file = join(FIXTURES, source);
  if (source.includes('\n')) {
    file = join(folder, `source-${count}.yaml`);
    writeFileSync(file, source);
  }
  const result = await importFile({ file, directory: folder, out, ...options });
  const { spec } = await loadSpec(out);
  const domains = Object.fromEntries(
    spec.space.parameters.map(({ name, domain, default: start }) => [
      name,
      { ...domain, ...(start !== undefined && { start }) },
    ]),
  );
  const [model] = spec.models;
  const argv = model !== undefined && 'code' in model && model.code?.kind === 'command' ? model.code.argv : [];
  const notes = result.notes.map(({ path, message, line }) => `${line ?? ''} ${path} ${message}`);
  return { result, spec, domains, argv, notes, text: readFileSync(out, 'utf8') };
}

const float = (min: number, max: number, more: object = {}) => ({ kind: 'float', min, max, log: false, ...more });
const int = (min: number, max: number, more: object = {}) => ({ kind: 'int', min, max, log: false, step: 1, ...more });

const median = (warmup: number, startup: number) => ({ method: 'median', warmup, startup });
const halving = (minSteps: number, factor: number) => ({ method: 'halving', minSteps, factor });

describe('a sweep of W&B', () => {
  test('keeps ranges, metric, trials and command', async () => {
    const { spec, domains, argv } = await imported('wandb.yaml');
    expect(spec).toMatchObject({ name: 'fox-hound', objective: { metric: 'val/loss', goal: 'minimize' } });
    expect(spec.search).toMatchObject({ method: 'bayes', trials: 4 });
    expect(domains).toMatchObject({
      'main.optimizer': { kind: 'categorical', values: ['adam', 'sgd'] },
      'main.learning_rate': float(1e-5, 0.1, { log: true }),
      // exp(-9.21034037) is 1e-4.
      'main.weight_decay': float(1e-4, 1, { log: true }),
      'main.layers': int(1, 4),
      'main.dropout': float(0, 0.5, { step: 0.1 }),
      'main.noise': { kind: 'normal', mean: 0.5, std: 0.2, log: false },
      'main.head_width': { kind: 'categorical', values: [16, 32] },
      'main.epochs': { kind: 'constant', value: 3 },
    });
    expect(argv.slice(0, 4)).toEqual(['node', 'score.mjs', '--trace', '--optimizer={optimizer}']);
    expect(argv).toContain('--head.width={head_width}');
  });

  test('says line by line what is different', async () => {
    const { notes } = await imported('wandb.yaml');
    expect(notes).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^36 parameters\.skew left out: its distribution has no counterpart/),
        expect.stringMatching(
          /^38 early_terminate hyperband: search\.pruning: \{method: halving, min_steps: 3, factor: 3\}/,
        ),
        expect.stringMatching(/^17 parameters\.weight_decay its bounds were exponents of e/),
      ]),
    );
  });

  test('runs its program by python where it names no command; a grid over ranges gets points', async () => {
    const { argv, spec, notes } = await imported(
      'program: t.py\nmethod: grid\nparameters:\n  x: {min: 0.0, max: 1.5}\n',
    );
    expect(argv).toEqual(['/usr/bin/env', 'python', 't.py', '--x={x}']);
    expect(spec.search.method).toBe('grid');
    expect(notes).toEqual([expect.stringContaining('no metric is named')]);
  });

  test('replaces the macros of its command', async () => {
    const names = ['env', 'interpreter', 'program', 'args_no_hyphens', 'args_json_file'];
    const command = [...names.map((name) => `$\{${name}}`), `in/$\{HOME}`];
    const { argv, notes } = await imported(
      `program: t.py\nmethod: random\nparameters:\n  model: {values: [a, b]}\ncommand: ${JSON.stringify(command)}\n`,
    );
    expect(argv).toEqual(['/usr/bin/env', 'python', 't.py', 'model={model_value}', '{params_file}', 'in/$HOME']);
    expect(notes.join('\n')).toContain("renamed model_value: the name 'model'");
  });
});

describe('an experiment of Katib', () => {
  test('keeps ranges, goal, the primary container and its limits', async () => {
    const { spec, domains, argv } = await imported('katib.yaml');
    expect(spec.objective).toEqual({ metric: 'Validation-accuracy', goal: 'maximize', target: 1000, also: [] });
    expect(spec.search).toMatchObject({ method: 'gp', trials: 4 });
    expect(spec.models[0]?.resources).toEqual({ cpus: 1, gpus: 0, memoryBytes: 64 * 2 ** 20 });
    expect(domains).toMatchObject({
      'main.lr': float(1e-4, 0.03, { log: true }),
      'main.num-layers': int(2, 8, { step: 2 }),
      // Three standard deviations to each side of the middle.
      'main.momentum': { kind: 'normal', mean: 0.6, std: 0.1, min: 0.3, max: 0.9 },
      'main.batch': { kind: 'categorical', values: [16, 32, 64] },
    });
    expect(argv).toContain('--lr={lr}');
    expect(argv).toContain('--num-layers={num-layers}');
  });
});

describe('NNI', () => {
  test('an experiment with its search space in another file', async () => {
    const { spec, domains, notes, text } = await imported('nni.yaml');
    expect(text).toContain(`width: {min: 1, max: 9, when: "layer == 'dense'"}`);
    expect(spec).toMatchObject({ objective: { goal: 'minimize' }, budget: { wallMs: 3_600_000 } });
    expect(spec.search).toMatchObject({ method: 'tpe', trials: 4 });
    expect(domains).toMatchObject({
      'main.units': int(4, 63),
      'main.lr': float(1e-4, 0.1, { log: true }),
      'main.dropout': float(0.1, 0.5, { step: 0.2 }),
      'main.scale': { kind: 'normal', mean: 0, std: 0.5, log: true },
      'main.layer': { kind: 'categorical', values: ['empty', 'dense'] },
      'main.width': float(1, 9),
    });
    expect(notes).toContainEqual(expect.stringMatching(/^15 mixed left out/));
  });

  test('a command that needs a shell is given one, its parameters never read as shell syntax', async () => {
    const { argv } = await imported(
      'trialCommand: python3 a.py | tail -n 1\ntrialCodeDirectory: ./my code\nsearchSpace:\n  x: {_type: uniform, _value: [0, 1]}\n',
    );
    expect(argv).toEqual(['sh', '-c', `cd './my code' && python3 a.py | tail -n 1 "$@"`, 'sh', '--x={x}']);
  });
});

describe('Optuna', () => {
  test('distributions, as maps and as texts, also those of old versions', async () => {
    const { spec, domains, argv } = await imported('optuna.json');
    expect(spec).toMatchObject({
      name: 'hounds',
      objective: { goal: 'maximize' },
      search: { method: 'cma-es', trials: 4 },
    });
    expect(domains).toMatchObject({
      'main.lr': float(1e-5, 0.1, { log: true }),
      'main.dropout': float(0, 0.5, { step: 0.1 }),
      'main.units': int(4, 128, { log: true }),
      'main.depth': int(1, 9, { step: 2 }),
      'main.kernel': { kind: 'categorical', values: ['rbf', null, true] },
    });
    expect(argv.slice(0, 3)).toEqual(['python3', 'objective.py', '--lr={lr}']);
  });

  test('a list of studies is refused, with what to do', async () => {
    const studies = '- {name: cli, direction: [MINIMIZE], n_trials: 3}\n';
    await expect(imported(studies)).rejects.toMatchObject({ hint: expect.stringContaining('optuna trials') });
  });

  test('trials without distributions: what they had', async () => {
    const { domains, notes } = await imported('optuna-trials.json');
    expect(domains).toMatchObject({
      'main.x': float(-0.5, 0.25),
      'main.layers': int(2, 5),
      'main.kind': { kind: 'categorical', values: ['a', 'b'] },
    });
    expect(notes.join('\n')).toContain('x: the file has values and no distribution');
  });
});

test('trials of Optuna: choices, a logarithmic range and a start are guessed', async () => {
  const trials = [
    [32, 0.001, 2, 0.5],
    [64, 0.1, 3, 0.2],
    [32, 0.02, 3, 0.9],
    [64, 0.5, 2, 0.4],
  ].map(([units, lr, layers, value], number) => ({ number, value, params: { units, lr, layers }, state: 'COMPLETE' }));
  const { spec, domains, notes } = await imported(`${JSON.stringify(trials)}\n`);
  expect(domains).toMatchObject({
    'main.units': { kind: 'categorical', values: [32, 64] },
    'main.lr': float(0.001, 0.5, { log: true }),
    'main.layers': int(2, 3),
  });
  expect(spec.search.initial).toEqual([{ model: 'main', 'main.units': 64, 'main.lr': 0.1, 'main.layers': 3 }]);
  expect(notes.join('\n')).toContain('units: the file has values and no distribution: guessed');
});

const X = 'parameters: {x: {min: 0, max: 1}}';
const CONSTRUCTED = '{name: constructor, algorithmName: constructor}';

test.each([
  ['wandb', `method: constructor\n${X}\nprogram: t.py\n`],
  [
    'katib',
    `kind: Experiment\nspec: {algorithm: ${CONSTRUCTED}, parameters: [{name: x, feasibleSpace: {list: [a, b]}}]}\n`,
  ],
  ['nni', `trialCommand: node t.js\ntuner: ${CONSTRUCTED}\nsearchSpace: {x: {_type: uniform, _value: [0, 1]}}\n`],
  ['orion', 'algorithm: constructor\nspace: {x: "uniform(0, 1)"}\n'],
])('a method that nobody has is random, and said: %s', async (format, source) => {
  const { result, notes } = await imported(source);
  expect(result).toMatchObject({ format, method: 'random' });
  expect(notes).toContainEqual(expect.stringContaining('there is no method constructor: random'));
});

test('what is no sweep is refused in plain words', async () => {
  const refused = (file: string) => importFile({ file, directory: import.meta.dirname, out: 'never.yaml' });
  await expect(refused('train.py')).rejects.toThrow('train.py is a program, not a sweep');
  await expect(refused('nosuch.yaml')).rejects.toThrow(/^there is no file nosuch\.yaml$/);
  await expect(refused('..')).rejects.toThrow('.. is a folder; give the file in it');
});

describe('Oríon', () => {
  test('a space, with Python in its priors', async () => {
    const { spec, domains } = await imported('orion.yaml');
    expect(spec).toMatchObject({ objective: { metric: 'objective', goal: 'minimize' }, search: { method: 'tpe' } });
    expect(domains).toMatchObject({
      'main.lr': float(1e-5, 1, { log: true }),
      'main.momentum': float(0, 1, { start: 0.9 }),
      'main.layers': int(1, 5),
      'main.activation': { kind: 'categorical', values: ['relu', 'tanh'] },
      'main.weighted': { kind: 'categorical', values: ['a', 'b'] },
      'main.shift': { kind: 'normal', mean: 0, std: 2 },
      'main.epochs': { kind: 'constant', value: 9 },
    });
  });

  test('a command line', async () => {
    const { argv, spec } = await imported('orion-hunt.txt');
    expect(argv).toEqual(['node', 'score.mjs', '--lr={lr}', '-d={d}']);
    expect(spec).toMatchObject({ name: 'hounds', search: { trials: 4 } });
  });
});

describe('early stopping', () => {
  const SWEEP = 'program: t.py\nmethod: random\nparameters:\n  x: {min: 0.5, max: 1}\nearly_terminate: ';
  const EXPERIMENT =
    'kind: Experiment\nspec:\n  parameters:\n    - {name: lr, parameterType: double, feasibleSpace: {min: "0.1", max: "1"}}\n    - {name: epochs, parameterType: int, feasibleSpace: {min: "1", max: "9"}}\n';
  const NNI = 'trialCommand: python3 a.py\nsearchSpace:\n  x: {_type: uniform, _value: [0, 1]}\n';
  const OPTUNA = 'distributions:\n  x: {name: FloatDistribution, attributes: {low: 0, high: 1}}\npruner: ';
  const ORION = 'max_trials: 4\nspace:\n  x: uniform(0, 1)\n  epochs: fidelity(2, 18, base=3)\nalgorithm: ';

  test.each([
    ['W&B: brackets from the first', `${SWEEP}{type: hyperband, min_iter: 3, eta: 2}\n`, halving(3, 2)],
    ['W&B: brackets from the last', `${SWEEP}{type: hyperband, max_iter: 27, s: 2}\n`, halving(3, 3)],
    ['Katib: its defaults', `${EXPERIMENT}  earlyStopping: {algorithmName: medianstop}\n`, median(4, 3)],
    ['Katib', 'katib.yaml', median(1, 2)],
    [
      'Katib: Hyperband',
      `${EXPERIMENT}  algorithm: {algorithmName: hyperband, algorithmSettings: [{name: eta, value: "3"}, {name: r_l, value: "9"}, {name: resource_name, value: epochs}]}\n`,
      halving(1, 3),
    ],
    ['NNI', 'nni.yaml', median(2, 1)],
    ['NNI: version 1', `${NNI}assessor: {builtinAssessorName: Medianstop}\n`, median(0, 1)],
    ['NNI: BOHB', `${NNI}advisor: {name: BOHB, classArgs: {min_budget: 2, max_budget: 18, eta: 4}}\n`, halving(2, 4)],
    ['NNI: Hyperband', `${NNI}advisor: {builtinAdvisorName: Hyperband, classArgs: {R: 60, eta: 4}}\n`, halving(1, 4)],
    ['Optuna', 'optuna.json', median(0, 5)],
    ['Optuna: halving', `${OPTUNA}SuccessiveHalvingPruner\n`, halving(1, 4)],
    ['Optuna: Hyperband', `${OPTUNA}HyperbandPruner\n`, halving(1, 3)],
    ['Oríon: ASHA', 'orion-asha.yaml', halving(2, 3)],
    ['Oríon: Hyperband', `${ORION}{hyperband: {seed: 1}}\n`, halving(2, 3)],
    ['Oríon: in arguments', "orion hunt -n a --config=b.yaml \\\n node t.js --x~'uniform(0, 1)'\n", undefined],
  ])('%s', async (_what, source, pruning) => {
    const { spec, notes } = await imported(source);
    expect(spec.search.pruning).toEqual(pruning);
    if (pruning !== undefined) expect(notes).toContainEqual(expect.stringContaining('it judges a program that prints'));
  });

  test.each([
    ['W&B', `${SWEEP}{type: envelope}\n`, 'early_terminate left out: envelope is not hyperband'],
    [
      'Katib',
      `${EXPERIMENT}  earlyStopping: {algorithmName: other}\n`,
      'spec.earlyStopping left out: there is no other',
    ],
    ['NNI', `${NNI}assessor: {name: Curvefitting}\n`, 'assessor left out: there is no Curvefitting'],
    ['Optuna', `${OPTUNA}PatientPruner\n`, 'pruner left out'],
  ])('of another kind is left out, and said: %s', async (_what, source, said) => {
    const { spec, notes } = await imported(source);
    expect(spec.search.pruning).toBeUndefined();
    expect(notes).toContainEqual(expect.stringContaining(said));
  });

  test('what told a trial how long to run is the most', async () => {
    const settings = '[{name: r_l, value: "9"}, {name: resource_name, value: epochs}]';
    const katib = `${EXPERIMENT}  algorithm: {algorithmName: hyperband, algorithmSettings: ${settings}}\n`;
    for (const [source, most] of [
      [katib, 9],
      ['orion-asha.yaml', 18],
    ] as const) {
      const { domains } = await imported(source);
      expect(domains['main.epochs']).toEqual({ kind: 'constant', value: most });
    }
  });
});

describe('what a space file cannot say', () => {
  test.each([
    ['a logarithmic range from 0', '{distribution: log_uniform_values, min: 0, max: 1}', float(0, 1)],
    [
      'a step on a logarithmic scale',
      '{distribution: q_log_uniform_values, min: 1, max: 9, q: 2}',
      float(1, 9, { log: true }),
    ],
    ['bounds the wrong way round', '{min: 2.5, max: 1.5}', float(1.5, 2.5)],
    ['a step wider than the range', '{distribution: q_uniform, min: 0, max: 1, q: 3}', float(0, 1)],
  ])('%s is made into what it can, and said', async (_what, parameter, domain) => {
    const { domains, notes } = await imported(`program: t.py\nmethod: random\nparameters:\n  x: ${parameter}\n`);
    expect(domains['main.x']).toEqual(domain);
    expect(notes.length).toBeGreaterThan(1);
  });

  test('a command of the user takes the place of the one in the file', async () => {
    const { argv } = await imported('wandb.yaml', { command: "node 'my score.mjs' {learning_rate}" });
    expect(argv).toEqual(['node', 'my score.mjs', '{learning_rate}']);
  });
});
