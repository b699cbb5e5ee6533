import type { TaskKind } from '../task-kind.js';
import type { FeatureColumn } from './dataset.js';

export type ColumnKind = FeatureColumn['kind'];

/** Which table to load, and what its columns are for. */
export interface DataSpec {
  /** Absolute path. */
  readonly file: string;
  readonly target: string;
  readonly task?: TaskKind;
  readonly exclude: readonly string[];
  readonly types: Readonly<Record<string, ColumnKind>>;
  /** The positive class, as text. */
  readonly positive?: string;
  readonly groups?: string;
  readonly weights?: string;
}
