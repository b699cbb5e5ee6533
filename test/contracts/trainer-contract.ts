import { describe, expect, test } from 'vitest';
import { StorageError } from '../../src/errors.js';
import { Random } from '../../src/random.js';
import type { TaskKind } from '../../src/task-kind.js';
import { completeParams } from '../../src/trainers/index.js';
import {
  type Matrix,
  type Model,
  type Trainer,
  TrainerError,
  type TrainerParams,
  type TrainingSet,
} from '../../src/trainers/trainer.js';

export interface TrainerContractOptions {
  /** Instead of the defaults, for example fewer trees so that the suite stays fast. */
  readonly params?: TrainerParams;
  /** Cases that the trainer may refuse with a TrainerError, by the names below, each with its reason. */
  readonly mayRefuse?: Readonly<Record<string, string>>;
  /** False for a trainer that draws rows at random, where a weight is not a repetition. Default: acceptsWeights. */
  readonly weightsAreRepetitions?: boolean;
  /** True for a trainer whose classes come from elsewhere than its probabilities. Default: false. */
  readonly probabilitiesMayDisagree?: boolean;
}

const CLASSES = ['a', 'b', 'c'];

function matrixOf(rows: readonly (readonly number[])[], columns: number): Matrix {
  return { data: Float64Array.from(rows.flat()), rows: rows.length, columns };
}

function columnNames(columns: number): string[] {
  return Array.from({ length: columns }, (_, j) => `x${j}`);
}

/** Noisy rows whose target depends on the first column. */
function table(task: TaskKind, rows: number, columns: number, scale = 1): TrainingSet {
  const random = new Random(7, 'table', rows, columns);
  const features = Array.from({ length: rows }, () => Array.from({ length: columns }, () => random.normal() * scale));
  const signal = features.map((row) => row[0]! / scale + 0.3 * random.normal());
  const target =
    task === 'regression'
      ? Float64Array.from(signal, (value) => 10 + 3 * value)
      : Float64Array.from(signal, (value) => (value < -0.4 ? 0 : value < 0.4 ? 1 : 2));
  return {
    features: matrixOf(features, columns),
    target,
    columns: columnNames(columns),
    ...(task === 'classification' ? { classes: CLASSES } : {}),
  };
}

function withTarget(train: TrainingSet, target: (row: number) => number): TrainingSet {
  return { ...train, target: train.target.map((_, row) => target(row)) };
}

function takeRows(train: TrainingSet, rows: readonly number[]): TrainingSet {
  const { data, columns } = train.features;
  return {
    ...train,
    features: matrixOf(
      rows.map((row) => [...data.subarray(row * columns, (row + 1) * columns)]),
      columns,
    ),
    target: Float64Array.from(rows, (row) => train.target[row]!),
  };
}

/** Checks shapes and values of everything that the model says of these rows. */
function checkPredictions(
  trainer: Trainer,
  model: Model,
  train: TrainingSet,
  features: Matrix,
  probabilitiesMayDisagree = false,
): void {
  const predicted = model.predict(features);
  expect(predicted).toHaveLength(features.rows);
  expect([...predicted].filter((value) => !Number.isFinite(value))).toEqual([]);
  if (train.classes === undefined) return;
  const classes = train.classes.length;
  const allowed = train.classes.map((_, k) => k);
  expect([...predicted].filter((value) => !allowed.includes(value))).toEqual([]);
  if (trainer.gives === 'probabilities') {
    const probabilities = model.predictProba!(features);
    expect(probabilities).toHaveLength(features.rows * classes);
    for (let i = 0; i < features.rows; i++) {
      const row = [...probabilities.subarray(i * classes, (i + 1) * classes)];
      for (const probability of row) expect(probability).toBeGreaterThanOrEqual(0);
      expect(row.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1, 9);
      if (!probabilitiesMayDisagree) expect(row[predicted[i]!]).toBeCloseTo(Math.max(...row), 9);
    }
  }
  if (trainer.gives === 'decision' && classes === 2) {
    const decision = model.decision!(features);
    expect(decision).toHaveLength(features.rows);
    for (let i = 0; i < features.rows; i++) expect(decision[i]! > 0 ? 1 : 0).toBe(predicted[i]);
  }
}

/** What every trainer keeps, whatever its parameters. */
export function trainerContract(trainer: Trainer, options: TrainerContractOptions = {}): void {
  const params = completeParams(trainer, options.params ?? {});
  const fitted = async (train: TrainingSet, seed = 1): Promise<Model> => trainer.fit(train, params, { seed });
  const check = (model: Model, train: TrainingSet, features: Matrix): void =>
    checkPredictions(trainer, model, train, features, options.probabilitiesMayDisagree);

  describe(`${trainer.name} describes itself`, () => {
    test('its parameters have different names, a rule, a summary and a default that keeps the rule', () => {
      const names = trainer.parameters.map((parameter) => parameter.name);
      expect(new Set(names).size).toBe(names.length);
      for (const parameter of trainer.parameters) {
        expect(parameter.rule).not.toBe('');
        expect(parameter.summary).not.toBe('');
        expect([parameter.name, parameter.accepts(parameter.default)]).toEqual([parameter.name, true]);
      }
    });

    test('a search range holds nothing that its rule refuses', () => {
      for (const { name, search, accepts } of trainer.parameters) {
        if (search === undefined || typeof search === 'string') continue;
        const ends = Array.isArray(search.values) ? search.values : [search.min!, search.max!];
        for (const value of ends) expect([name, value, accepts(value)]).toEqual([name, value, true]);
      }
    });

    test('its known-good configuration is accepted', () => {
      expect(() => completeParams(trainer, trainer.knownGood)).not.toThrow();
    });

    test('an unknown parameter is an error that names the trainer', () => {
      expect(() => completeParams(trainer, { no_such: 1 })).toThrow(`${trainer.name}: no_such`);
    });
  });

  for (const task of trainer.tasks) {
    const typical = table(task, 60, 3);
    const other = table(task, 25, 3).features;

    /** Fits and predicts; a refusal passes only where the options name the case. */
    const endures = (name: string, train: TrainingSet, features = train.features): void => {
      const refusal = options.mayRefuse?.[name];
      test(refusal === undefined ? name : `${name} (may refuse: ${refusal})`, async () => {
        try {
          check(await fitted(train), train, features);
        } catch (error) {
          if (refusal !== undefined && error instanceof TrainerError) return;
          throw error;
        }
      });
    };

    describe(`${trainer.name}, ${task}`, () => {
      test('the same seed gives the same predictions', async () => {
        const [first, second] = [await fitted(typical, 5), await fitted(typical, 5)];
        expect(second.predict(other)).toEqual(first.predict(other));
        if (first.predictProba) expect(second.predictProba!(other)).toEqual(first.predictProba(other));
      });

      if (trainer.load !== undefined) {
        test('a saved model predicts identically, another one is refused', async () => {
          const two = { ...withTarget(typical, (row) => (typical.target[row]! > 0 ? 1 : 0)), classes: ['no', 'yes'] };
          for (const train of task === 'classification' ? [typical, two] : [typical]) {
            const model = await fitted(train);
            const saved = JSON.parse(JSON.stringify(model));
            for (const given of [saved, model.toJSON!()]) {
              const loaded = await trainer.load!(given);
              expect(loaded.predict(other)).toEqual(model.predict(other));
              expect(loaded.predictProba?.(other)).toEqual(model.predictProba?.(other));
              expect(loaded.decision?.(other)).toEqual(model.decision?.(other));
              expect(JSON.parse(JSON.stringify(loaded))).toEqual(saved);
            }
            const load = async (text: unknown) => trainer.load!(text);
            for (const wrong of [{ ...saved, version: 99 }, { ...saved, trainer: 'another' }, {}, null]) {
              await expect(load(wrong)).rejects.toThrow(StorageError);
            }
          }
        });
      }

      test('fitting and predicting change nothing that was given', async () => {
        const weights = trainer.acceptsWeights ? { weights: new Float64Array(60).fill(2) } : {};
        const train = { ...typical, ...weights };
        const before = structuredClone(train);
        const model = await fitted(train);
        const rows = structuredClone(other);
        model.predict(rows);
        model.predictProba?.(rows);
        expect(train).toEqual(before);
        expect(rows).toEqual(other);
      });

      test('no rows to predict', async () => {
        check(await fitted(typical), typical, { data: new Float64Array(0), rows: 0, columns: 3 });
      });

      test('a missing value is refused by name, or taken', async () => {
        const data = typical.features.data.slice();
        data[4] = Number.NaN;
        const train = { ...typical, features: { ...typical.features, data } };
        try {
          check(await fitted(train), train, other);
        } catch (error) {
          expect(error).toBeInstanceOf(TrainerError);
          expect((error as Error).message).toContain(`${trainer.name}: `);
          expect((error as Error).message).toContain('x1');
        }
      });

      endures('new rows', typical, other);
      endures('one row', table(task, 1, 3), other);
      endures('two rows', table(task, 2, 3), other);
      endures('one column', table(task, 40, 1));
      endures('more columns than rows', table(task, 12, 40));
      endures('constant features', {
        ...typical,
        features: { ...typical.features, data: new Float64Array(180).fill(4) },
      });
      endures('a constant column', {
        ...typical,
        features: { ...typical.features, data: typical.features.data.map((value, i) => (i % 3 === 1 ? 0.1 : value)) },
      });
      endures('the same column twice', {
        ...typical,
        features: {
          ...typical.features,
          data: typical.features.data.map((value, i, all) => (i % 3 === 2 ? all[i - 1]! : value)),
        },
      });
      endures('duplicated rows', takeRows(typical, [...Array(60).keys(), ...Array(60).keys()]));
      endures('the same features with different targets', {
        ...takeRows(typical, Array(60).fill(0)),
        target: typical.target,
      });
      endures('huge values', table(task, 40, 3, 1e200));
      endures('tiny values', table(task, 40, 3, 1e-200));
      endures('columns of very different size', {
        ...typical,
        features: {
          ...typical.features,
          data: typical.features.data.map((value, i) => value * [1e-9, 1, 1e12][i % 3]!),
        },
      });
      endures(
        'a constant target',
        withTarget(typical, () => 1),
      );

      if (task === 'classification') {
        endures(
          'a class absent in the fold',
          withTarget(typical, (row) => (typical.target[row] === 1 ? 0 : typical.target[row]!)),
        );
        endures(
          'one row of a class',
          withTarget(typical, (row) => (row === 0 ? 2 : typical.target[row]! % 2)),
        );
        const two = { ...withTarget(typical, (row) => (typical.target[row]! > 0 ? 1 : 0)), classes: ['no', 'yes'] };
        endures('two classes', two, other);
        endures(
          'two classes, one absent',
          withTarget(two, () => 1),
          other,
        );
        if (trainer.gives === 'probabilities') {
          test('a class absent in the fold has probability 0', async () => {
            const train = withTarget(typical, (row) => (typical.target[row] === 1 ? 0 : typical.target[row]!));
            const probabilities = (await fitted(train)).predictProba!(other);
            for (let i = 0; i < other.rows; i++) expect(probabilities[3 * i + 1]).toBe(0);
          });
        }
      } else {
        endures(
          'a huge target',
          withTarget(typical, (row) => typical.target[row]! * 1e200),
        );
        endures(
          'a tiny target',
          withTarget(typical, (row) => typical.target[row]! * 1e-200),
        );
      }

      if (options.weightsAreRepetitions ?? trainer.acceptsWeights) {
        test('a weight is a repetition of its row', async () => {
          const counts = typical.target.map((_, row) => 1 + (row % 3));
          const repeated = takeRows(
            typical,
            [...counts].flatMap((count, row) => Array<number>(count).fill(row)),
          );
          const weighted = await fitted({ ...typical, weights: counts });
          const expected = await fitted(repeated);
          const values = weighted.predictProba?.(other) ?? weighted.predict(other);
          const expectedValues = expected.predictProba?.(other) ?? expected.predict(other);
          // An iterative fit ends within its tolerance, not at the same bits.
          for (let i = 0; i < values.length; i++) expect(values[i]).toBeCloseTo(expectedValues[i]!, 3);
        });
      }
    });
  }
}
