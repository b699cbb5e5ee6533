export const IMPUTE_METHODS = ['none', 'mean', 'median', 'most_frequent'] as const;
export const ENCODE_METHODS = ['onehot', 'ordinal', 'native'] as const;
export const SCALE_METHODS = ['none', 'standard', 'minmax', 'robust'] as const;

/** What is done to the features inside a fold; every key can be searched. */
export interface Preprocessing {
  readonly impute: (typeof IMPUTE_METHODS)[number];
  readonly encode: (typeof ENCODE_METHODS)[number];
  readonly scale: (typeof SCALE_METHODS)[number];
}

export const DEFAULT_PREPROCESSING: Preprocessing = { impute: 'median', encode: 'onehot', scale: 'standard' };
