import type { Matrix } from '../matrix.js';
import type { TaskKind } from '../task-kind.js';
import type { ParameterValue } from '../trial.js';

export type { Matrix };

/** The training rows of one fold after preprocessing. */
export interface TrainingSet {
  readonly features: Matrix;
  /** Classification: class indices into `classes`; regression: numbers. Length rows. */
  readonly target: Float64Array;
  /** Present for classification. A fold may lack some of them. */
  readonly classes?: readonly string[];
  /** Names of the columns after preprocessing. */
  readonly columns: readonly string[];
  /** A positive weight a row; absent means all 1. */
  readonly weights?: Float64Array;
}

export interface FitContext {
  /** uint32; the same for the same fold of every trial (common random numbers). */
  readonly seed: number;
}

export interface Model {
  /** Class indices, or numbers. @returns length rows. */
  predict(features: Matrix): Float64Array;
  /** @returns rows x classes, row-major; each row sums to 1. */
  predictProba?(features: Matrix): Float64Array;
  /** Two classes only: higher means class 1. @returns length rows. */
  decision?(features: Matrix): Float64Array;
  /** The whole model as JSON, for `Trainer.load`: `{trainer, version, …}`. */
  toJSON?(): unknown;
}

/** A trainer's parameters under their short names (`C`, not `svm.C`). */
export type TrainerParams = Readonly<Record<string, ParameterValue>>;

/** A search range as it would stand in a space file. */
export type SearchRange = Readonly<Record<string, ParameterValue>> | string;

/** One parameter of a trainer: what `cml models` shows, what `check` verifies, what `init` writes. */
export interface ParameterDescription {
  readonly name: string;
  /** The values allowed, in words: `a number > 0`, `one of gini, entropy`. */
  readonly rule: string;
  readonly summary: string;
  /** Used when the space file does not name the parameter. */
  readonly default: ParameterValue;
  /** Whether the value keeps the rule. */
  accepts(value: ParameterValue): boolean;
  /** A sensible range to search, in the space file's notation; absent for one not worth searching. */
  readonly search?: SearchRange;
  /** When the search range applies, in the notation of `when:`. */
  readonly when?: string;
}

/** A trainer under its name in `models.<name>.use`. */
export interface Trainer {
  readonly name: string;
  readonly summary: string;
  readonly tasks: readonly TaskKind[];
  readonly parameters: readonly ParameterDescription[];
  /** A configuration known to be good, tried first. */
  readonly knownGood: TrainerParams;
  /** What `predictProba` or `decision` its classification models have, for metrics that need them. */
  readonly gives: 'values' | 'decision' | 'probabilities';
  readonly acceptsWeights: boolean;
  /** Whether it takes `preprocess.encode: native`: categories as codes, and missing values. Absent: it does not. */
  readonly acceptsNative?: boolean;
  /** Whether `cml init` proposes it (fast and good on most tables). */
  readonly suggested: boolean;
  /**
   * @param params complete and valid: defaults filled in, every value accepted by its description.
   * @throws TrainerError when these data or this combination cannot be fitted: the trial fails with that message.
   */
  fit(train: TrainingSet, params: TrainerParams, context: FitContext): Model | Promise<Model>;
  /**
   * The model whose toJSON gave `saved`, also after a way through text; it predicts identically.
   * @throws StorageError when it is no such thing, or of another version.
   */
  load?(saved: unknown): Model | Promise<Model>;
}

/** A trainer's refusal: becomes the reason of a failed trial. `trainer: rule, got value`. */
export class TrainerError extends Error {
  constructor(trainer: string, message: string) {
    super(`${trainer}: ${message}`);
    this.name = 'TrainerError';
  }
}
