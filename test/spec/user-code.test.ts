import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseSpec } from '../../src/spec/load-spec.js';
import { problemsOf } from './problems-of.js';

const folder = mkdtempSync(join(tmpdir(), 'cml-spec-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(join(folder, 'objective.js'), '');

function parse(text: string) {
  return parseSpec(text, { file: 'space.yaml', directory: folder, name: 'space' }).spec;
}

const problems = (text: string) => problemsOf(() => parse(text));

const OBJECTIVE = 'objective: {metric: loss, goal: minimize}\n';
const DATA = 'data: {file: data.csv, target: y}\n';
const MODULE = 'models:\n  mine:\n    module: ./objective.js\n    parameters: {x: "uniform(0, 1)", y: 3}\n';
const command = (argv: string) =>
  `models:\n  mine:\n    command: ${argv}\n    parameters: {lr: "loguniform(1e-4, 1)", depth: "int(1, 9)"}\n`;

describe('without data', () => {
  test('modules and commands are the objective, with parameters of any name', () => {
    const text = `${OBJECTIVE}evaluation: {repeats: 3}
parameters: {shared: {values: [a, b]}}
models:
  mine:
    module: objective.js
    parameters: {x: "uniform(0, 1)"}
  other:
    command: [python3, train.py, "--lr={lr}", 7, "{shared}"]
    resources: {cpus: 2, gpus: 1, memory: 1.5GiB}
    parameters: {lr: 0.1}
`;
    expect(parse(text)).toMatchObject({
      objective: { metric: 'loss', goal: 'minimize', also: [] },
      evaluation: { repeats: 3 },
      baseline: false,
      models: [
        { name: 'mine', code: { kind: 'module', file: join(folder, 'objective.js') }, resources: { cpus: 1, gpus: 0 } },
        {
          name: 'other',
          code: { kind: 'command', argv: ['python3', 'train.py', '--lr={lr}', '7', '{shared}'], directory: folder },
          resources: { cpus: 2, gpus: 1, memoryBytes: 1.5 * 2 ** 30 },
        },
      ],
    });
    const names = parse(text).space.parameters.map((parameter) => parameter.name);
    expect(names).toEqual(['model', 'shared', 'mine.x', 'other.lr']);
  });

  test('a known metric brings its goal', () => {
    expect(parse(`objective: {metric: rmse}\n${MODULE}`).objective).toMatchObject({ metric: 'rmse', goal: 'minimize' });
  });

  test.each([
    ['no objective', MODULE, "needs the key 'objective'"],
    ['no goal', `objective: {metric: loss}\n${MODULE}`, "objective: needs the key 'goal': maximize or minimize"],
    ['a built-in trainer', `${OBJECTIVE}models: {m: {use: knn}}\n`, 'models.m.use: a built-in trainer needs data'],
    ['folds', `${OBJECTIVE}evaluation: {cv: {folds: 3}}\n${MODULE}`, 'evaluation.cv: belongs to a study with data'],
    [
      'a holdout',
      `${OBJECTIVE}evaluation: {holdout: 0.2}\n${MODULE}`,
      'evaluation.holdout: belongs to a study with data',
    ],
    ['preprocessing', `${OBJECTIVE}preprocess: {scale: none}\n${MODULE}`, 'preprocess: belongs to a study with data'],
    ['a baseline', `${OBJECTIVE}baseline: true\n${MODULE}`, 'baseline: belongs to a study with data'],
    ['rows', `${OBJECTIVE}${command('[a, "{train_file}"]')}`, 'models.mine.command: {train_file} needs data'],
  ])('%s is refused', (_, text, expected) => {
    expect(problems(text)).toEqual([expect.stringContaining(expected)]);
  });
});

describe('with data', () => {
  test('modules are trainers, and commands get the rows of their fold', () => {
    expect(parse(`${DATA}${MODULE}`)).toMatchObject({ baseline: true, evaluation: { cv: { folds: 5 } } });
    const spec = parse(`${DATA}preprocess: {scale: {values: [none, minmax]}}
models:
  program: {command: [train, "{train_file}"]}
  module: {module: objective.js}
`);
    // What a command gets is not preprocessed.
    const scale = spec.space.parameters.find(({ name }) => name === 'preprocess.scale');
    expect(spec.space.complete({ model: 'program' })).toEqual({ model: 'program' });
    expect(scale?.when).toBeDefined();
  });

  test.each([
    ['a command without its rows', `${DATA}${command('[a, "{lr}"]')}`, 'with data, a command must take {train_file}'],
    ['repeats', `${DATA}evaluation: {repeats: 2}\n${MODULE}`, 'evaluation.repeats: belongs to a study without data'],
    [
      'a metric of an own name',
      `${DATA}objective: {metric: los}\n${MODULE}`,
      'objective.metric: must be one of accuracy',
    ],
    [
      'preprocessing of a command',
      `${DATA}models: {m: {command: [a, "{train_file}"], preprocess: {scale: none}}}\n`,
      'models.m.preprocess: a command gets the rows as they are',
    ],
  ])('%s is refused', (_, text, expected) => {
    expect(problems(text)).toEqual([expect.stringContaining(expected)]);
  });
});

describe('a model', () => {
  test.each([
    ['of nothing', `models: {m: {parameters: {x: 1}}}`, 'needs exactly one of the keys use, module, command'],
    [
      'of two',
      `models: {m: {module: objective.js, command: [a]}}`,
      'needs exactly one of the keys use, module, command, got module and command',
    ],
    ['whose module is missing', `models: {m: {module: gone.js}}`, 'models.m.module: no such file'],
    ['whose module is no code', `models: {m: {module: data.csv}}`, 'must end in one of .js, .mjs'],
    [
      'whose command names no parameter',
      command('[a, "{lR}"]'),
      "{lR} is no parameter of the model (did you mean 'lr'?)",
    ],
    [
      'whose parameter has a taken name',
      `models: {m: {command: [a], parameters: {seed: 1}}}`,
      '{seed} has its own meaning here',
    ],
    ['whose command is a text', `models: {m: {command: a b}}`, 'models.m.command: must be a list such as'],
    ['without memory', `models: {m: {command: [a], resources: {memory: 10}}}`, 'give its unit, e.g. 10MiB'],
    ['with too little', `models: {m: {command: [a], resources: {memory: 10kB}}}`, 'an amount of memory such as 512MiB'],
  ])('%s is refused', (_, text, expected) => {
    expect(problems(`${OBJECTIVE}${text}\n`)).toEqual([expect.stringContaining(expected)]);
  });

  test('braces that hold no name are left alone', () => {
    expect(problems(`${OBJECTIVE}${command(`[a, '{"json": 1}', "{}", "{lr}"]`)}`)).toEqual([]);
  });
});
