import type { Expression } from './expression-syntax.js';

/** A rule between parameters that every configuration keeps; it holds where it reads an inactive parameter. */
export interface Constraint {
  /** As the user wrote it. */
  readonly text: string;
  readonly expression: Expression;
  /** The model in whose section it stands; the expression says by itself that it concerns no other. */
  readonly family?: string;
}
