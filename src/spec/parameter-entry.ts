import type { Expression } from '../space/expression.js';
import type { Domain } from '../space/parameter.js';
import type { Trainer } from '../trainers/trainer.js';
import type { ReadParameter } from './parameter-domain.js';
import type { Path } from './place.js';
import type { FamilyEntry } from './space-file-shape.js';

/** A family as far as it could be read. */
export interface Family {
  readonly name: string;
  readonly entry: FamilyEntry;
  /** Undefined where its code is the user's, or its trainer unknown. */
  readonly trainer: Trainer | undefined;
  /** Whether its code is the user's, which takes any parameter. */
  readonly own: boolean;
}

/** A parameter of the space before its condition is read. */
export interface ParameterEntry {
  /** Full name. */
  readonly name: string;
  readonly path: Path;
  readonly read: ReadParameter;
  /** The family whose scope its condition is read in; undefined for a shared one. */
  readonly family?: string;
  /** The families it can be active in; undefined for all. */
  readonly families?: readonly string[];
  /** Fixed preprocessing: a parameter only where a condition reads it. */
  readonly onlyIfRead?: boolean;
  /** What a condition may compare it with, where that is more than its domain. */
  readonly comparable?: Domain;
}

/** Holds in one of these families. */
export function inFamilies(families: readonly string[]): Expression {
  const model: Expression = { kind: 'name', name: 'model' };
  const literals = families.map((value): Expression => ({ kind: 'literal', value }));
  if (literals.length === 1) return { kind: 'compare', operator: '==', left: model, right: literals[0]! };
  return { kind: 'in', operand: model, items: literals };
}
