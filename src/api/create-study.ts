import { type Issue, spaceFileError } from '../errors.js';
import { type BareSpec, bareSpecFromObject } from '../spec/bare-spec.js';
import type { ParamsOf, StudySpec } from '../spec/study-spec.js';
import { Study } from './study.js';
import type { StudySpecOf } from './study-spec-of.js';

/**
 * A study whose trials the caller evaluates.
 * @param spec the space file as an object, without data and models. `search.lag` is not read: a proposal reads all that
 *   was told. `budget.wall` counts from now.
 * @throws SpaceFileError with every problem of the spec at once.
 */
export function createStudy<const P extends StudySpec['parameters']>(
  spec: StudySpecOf<P>,
): Study<ParamsOf<StudySpecOf<P>>> {
  const read = bareSpecFromObject(spec);
  const issues = callersOwn(read);
  if (issues.length > 0) throw spaceFileError('the space', issues);
  return new Study<ParamsOf<StudySpecOf<P>>>(read);
}

/** Keys that are the caller's business where the caller evaluates. */
function callersOwn({ source, budget, objective, search }: BareSpec): readonly Issue[] {
  const issues: Issue[] = [];
  const refuse = (path: string, message: string) => issues.push({ path, message });
  const limit =
    'cannot be kept where the caller evaluates; leave it out, and tell {error} for a trial that took too long';
  if (budget.trialMs !== undefined) refuse('budget.trial', limit);
  if (budget.foldMs !== undefined) refuse('budget.fold', limit);
  if (Object.hasOwn(source, 'evaluation')) {
    refuse('evaluation', 'the caller evaluates: repeat there, and tell the mean as {value, variance}');
  }
  if (search.pruning !== undefined) {
    refuse('search.pruning', 'the caller evaluates, and decides what to give up; leave it out');
  }
  if (objective.also.length > 0) refuse('objective.also', 'only one number is told of a trial; leave it out');
  return issues;
}
