/** A family may not have this name: it stands before the keys of the preprocessing. */
const PREPROCESSING = 'preprocess.';

/** The model that a parameter belongs to: `svm` of `svm.C`; undefined for `model`, and what all models share. */
export function familyOf(name: string): string | undefined {
  const dot = name.indexOf('.');
  return dot < 0 || name.startsWith(PREPROCESSING) ? undefined : name.slice(0, dot);
}

/** A full name without its family: `C` of `svm.C`, `preprocess.scale` of `svm.preprocess.scale`. */
export function shortName(name: string): string {
  const family = familyOf(name);
  return family === undefined ? name : name.slice(family.length + 1);
}

/** Whether a parameter chooses preprocessing, for all models or for one. */
export function isPreprocessing(name: string): boolean {
  return shortName(name).startsWith(PREPROCESSING);
}

/** `scale` of `preprocess.scale` and of `svm.preprocess.scale`; undefined for what is no preprocessing. */
export function preprocessingKey(name: string): string | undefined {
  return isPreprocessing(name) ? shortName(name).slice(PREPROCESSING.length) : undefined;
}
