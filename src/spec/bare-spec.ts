import { formatIssue } from '../errors.js';
import type { Space } from '../space/space.js';
import { BARE_SPACE, type BareFile } from './bare-shape.js';
import { buildSpace } from './build-space.js';
import { constraintEntries, readBudget, readSearch } from './build-spec.js';
import { isMap, type PlainMap } from './collection-shapes.js';
import { IssueList } from './issue-list.js';
import { readParameter } from './parameter-domain.js';
import type { ParameterEntry } from './parameter-entry.js';
import { readOwnObjective } from './read-own-objective.js';
import type { BudgetSpec, OwnObjective, SearchSpec } from './spec.js';

/** A spec without data and models that keeps every rule: its objective is the caller's code. */
export interface BareSpec {
  readonly name: string;
  readonly seed: number;
  readonly objective: OwnObjective;
  /** Evaluations of each trial. */
  readonly repeats: number;
  readonly search: SearchSpec;
  readonly space: Space;
  readonly budget: BudgetSpec;
  /** What was given, as plain data. */
  readonly source: PlainMap;
}

/**
 * Reads and checks a space given as an object, without data and models.
 * @param onWarning receives what was accepted and should be written otherwise.
 * @throws SpaceFileError with every issue at once.
 */
export function bareSpecFromObject(given: unknown, onWarning: (text: string) => void = () => {}): BareSpec {
  const source = definedOnly(given);
  const issues = new IssueList(() => ({}));
  const file = BARE_SPACE.check(source, [], issues);
  const spec = file === undefined || !isMap(source) ? undefined : buildBareSpec(file, source, issues);
  issues.throwIfAny('the space');
  if (spec === undefined) throw new Error('a space without issues has a spec');
  for (const warning of issues.warnings) onWarning(formatIssue(warning));
  return spec;
}

function buildBareSpec(file: BareFile, source: PlainMap, issues: IssueList): BareSpec | undefined {
  const objective = readOwnObjective(file.objective, issues);
  const entries = [...(file.parameters ?? [])].map(([name, notation]): ParameterEntry => {
    const path = ['parameters', name];
    return { name, path, read: readParameter(notation, path, issues) };
  });
  const space = buildSpace(entries, constraintEntries(file), () => false, issues);
  if (space === undefined) return undefined;
  const search = readSearch(file.search, space, entries, issues);
  if (!issues.empty || objective === undefined) return undefined;
  return {
    name: file.name ?? 'study',
    seed: file.seed ?? 0,
    objective,
    repeats: file.evaluation?.repeats ?? 1,
    search,
    space,
    budget: readBudget(file.budget),
    source,
  };
}

/** A copy without the keys that are undefined: in code, that is how an option is left out. Lists can be values: frozen. */
function definedOnly(value: unknown): unknown {
  if (Array.isArray(value)) return Object.freeze(value.map(definedOnly));
  if (!isMap(value)) return value;
  const kept = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(kept.map(([key, item]) => [key, definedOnly(item)]));
}
