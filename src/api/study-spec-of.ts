import type { StudySpec } from '../spec/study-spec.js';

/**
 * A study spec whose parameters the compiler knows. Only they are a type parameter: in all the rest it reports a key that
 * does not exist.
 */
export interface StudySpecOf<P extends StudySpec['parameters']> extends Omit<StudySpec, 'parameters'> {
  readonly parameters: P;
}
