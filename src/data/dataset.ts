/**
 * A table as typed columns over SharedArrayBuffers: one copy in memory serves every worker thread. Structured clone
 * passes it by reference; it holds nothing but data.
 */
export interface Dataset {
  readonly rows: number;
  readonly features: readonly FeatureColumn[];
  readonly target: TargetColumn;
  /** Group index a row, for the group splitter. */
  readonly groups?: Int32Array;
  /** A positive weight a row. */
  readonly weights?: Float64Array;
  /** The column that orders rows (time splitter) or numbers their fold (predefined splitter), one number a row. */
  readonly order?: Float64Array;
  /** SHA-256 (hex) of everything above: the identity of the data in the journal and in fold tasks. */
  readonly hash: string;
}

/** Length rows. */
export type FeatureColumn =
  | { readonly kind: 'numeric'; readonly name: string /** NaN is missing. */; readonly values: Float64Array }
  | { readonly kind: 'boolean'; readonly name: string /** 0, 1; NaN is missing. */; readonly values: Float64Array }
  | {
      readonly kind: 'categorical';
      readonly name: string;
      /** Index into `categories`; -1 is missing. */
      readonly codes: Int32Array;
      /** Sorted, as text. */
      readonly categories: readonly string[];
    };

/** Length rows, never missing. */
export type TargetColumn =
  | {
      readonly task: 'classification';
      readonly name: string;
      /** Class index a row. */
      readonly values: Float64Array;
      /** Sorted labels (numbers by value, else by code unit). */
      readonly classes: readonly string[];
      /** Index of the positive class: the user's, or the rarer one. */
      readonly positive: number;
    }
  | { readonly task: 'regression'; readonly name: string; readonly values: Float64Array };
