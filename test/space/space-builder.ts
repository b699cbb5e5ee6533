import { parseExpression } from '../../src/space/expression.js';
import type { Domain, Parameter } from '../../src/space/parameter.js';
import { Space } from '../../src/space/space.js';
import type { ParameterValue } from '../../src/trial.js';

export interface Extras {
  readonly when?: string;
  readonly default?: ParameterValue;
  readonly gridPoints?: number;
}

export function parameter(name: string, domain: Domain, extras: Extras = {}): Parameter {
  const { when, ...rest } = extras;
  return { name, domain, ...rest, ...(when === undefined ? {} : { when: parseExpression(when) }) };
}

export function fixed(name: string, value: ParameterValue, extras?: Extras): Parameter {
  return parameter(name, { kind: 'constant', value }, extras);
}

export function choice(name: string, values: readonly ParameterValue[], extras?: Extras): Parameter {
  return parameter(name, { kind: 'categorical', values, ordered: false }, extras);
}

export function int(name: string, min: number, max: number, extras?: Extras): Parameter {
  return parameter(name, { kind: 'int', min, max, log: false, step: 1 }, extras);
}

export function logInt(name: string, min: number, max: number, extras?: Extras): Parameter {
  return parameter(name, { kind: 'int', min, max, log: true, step: 1 }, extras);
}

export function float(name: string, min: number, max: number, extras?: Extras): Parameter {
  return parameter(name, { kind: 'float', min, max, log: false }, extras);
}

export function logFloat(name: string, min: number, max: number, extras?: Extras): Parameter {
  return parameter(name, { kind: 'float', min, max, log: true }, extras);
}

export function stepped(name: string, min: number, max: number, step: number, extras?: Extras): Parameter {
  return parameter(name, { kind: 'float', min, max, log: false, step }, extras);
}

export function normal(name: string, mean: number, std: number, extras?: Extras): Parameter {
  return parameter(name, { kind: 'normal', mean, std, log: false }, extras);
}

export function space(parameters: readonly Parameter[], constraints: readonly string[] = []): Space {
  return Space.create(
    parameters,
    constraints.map((text) => ({ text, expression: parseExpression(text) })),
  );
}

/** Two model families with nested conditions, shared parameters, a constant and constraints. */
export function familySpace(): Space {
  return space(
    [
      choice('preprocess.scale', ['none', 'standard']),
      choice('model', ['forest', 'svm']),
      logInt('forest.n_estimators', 20, 500, { when: "model == 'forest'", gridPoints: 3 }),
      choice('forest.max_depth', [null, 4, 8], { when: "model == 'forest'" }),
      choice('forest.bootstrap', [true, false], { when: "model == 'forest'" }),
      float('forest.max_samples', 0.3, 1, { when: "model == 'forest' and forest.bootstrap == true", gridPoints: 2 }),
      logFloat('svm.C', 1e-3, 1e3, { when: "model == 'svm'", default: 1, gridPoints: 3 }),
      choice('svm.kernel', ['linear', 'rbf', 'poly'], { when: "model == 'svm'" }),
      logFloat('svm.gamma', 1e-4, 10, { when: "svm.kernel in ['rbf', 'poly']", gridPoints: 3 }),
      int('svm.degree', 2, 5, { when: "svm.kernel == 'poly'" }),
      fixed('svm.tolerance', 1e-3, { when: "model == 'svm'" }),
    ],
    ['forest.n_estimators <= 200 or forest.max_depth != null', "not (preprocess.scale == 'none' and model == 'svm')"],
  );
}
