import type { Goal, ParameterValue } from '../trial.js';
import type { ImportedPruning } from './imported-pruning.js';

/** A parameter as a space file can say it. */
export type Notation =
  | { readonly form: 'fixed'; readonly value: ParameterValue }
  | { readonly form: 'values'; readonly values: readonly ParameterValue[]; readonly when?: string }
  | {
      readonly form: 'range';
      readonly min: number;
      readonly max: number;
      readonly log?: boolean;
      readonly step?: number;
      readonly int?: boolean;
      readonly default?: number;
      readonly when?: string;
    }
  | {
      readonly form: 'normal';
      /** Mean and std of the logarithm, with log. */
      readonly mean: number;
      readonly std: number;
      readonly min?: number;
      readonly max?: number;
      readonly log?: boolean;
      readonly default?: number;
      readonly when?: string;
    };

export interface ImportedParameter {
  /** What the other tool calls it: how the command is told its value. */
  readonly name: string;
  /** What the space file calls it. */
  readonly key: string;
  readonly notation: Notation;
}

/** What a file of another tool says, as far as a space file can say it too. */
export interface ImportedStudy {
  readonly name?: string;
  readonly seed?: number;
  readonly objective: { readonly metric: string; readonly goal: Goal; readonly target?: number };
  readonly method: string;
  readonly trials?: number;
  /** A configuration to try first, by the keys of its parameters. */
  readonly initial?: Readonly<Record<string, ParameterValue>>;
  readonly pruning?: ImportedPruning;
  /** A duration of a space file, such as 30m. */
  readonly wall?: string;
  readonly parameters: readonly ImportedParameter[];
  /** Program and arguments with `{key}` for parameters; undefined where the file names none. */
  readonly command?: readonly string[];
  readonly resources?: { readonly cpus?: number; readonly gpus?: number; readonly memory?: string };
}
