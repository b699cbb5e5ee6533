import { type Issue, spaceFileError } from '../errors.js';
import type { Path, PathPart, Place } from './place.js';
import { formatPath } from './place.js';

/** More are only counted: nobody reads on. */
const MOST_ISSUES = 50;

/** Collects what is wrong with a space file, each problem at its place. */
export class IssueList {
  private readonly place: (path: Path, part: PathPart) => Place;
  private readonly issues: Issue[];
  private omitted = 0;
  readonly warnings: Issue[] = [];

  constructor(place: (path: Path, part: PathPart) => Place, known: readonly Issue[] = []) {
    this.place = place;
    this.issues = [...known];
  }

  /** @param part whether the key or its value breaks the rule. */
  add(path: Path, message: string, part: PathPart = 'value'): void {
    if (this.full) this.omitted++;
    else this.issues.push({ path: formatPath(path), message, ...this.place(path, part) });
  }

  warn(path: Path, message: string): void {
    if (this.warnings.length < MOST_ISSUES) {
      this.warnings.push({ path: formatPath(path), message, ...this.place(path, 'value') });
    }
  }

  get empty(): boolean {
    return this.issues.length === 0;
  }

  /** Whether any issue stands in one of these sections of the file. */
  concern(sections: readonly string[]): boolean {
    return this.issues.some(({ path }) => sections.includes(path.split(/[.[]/, 1)[0]!));
  }

  /** Whether further issues are only counted. */
  get full(): boolean {
    return this.issues.length >= MOST_ISSUES;
  }

  /** @throws SpaceFileError with every issue, in the order of their places, when there is one. */
  throwIfAny(name: string): void {
    if (!this.empty) throw spaceFileError(name, this.issues, this.omitted);
  }
}
