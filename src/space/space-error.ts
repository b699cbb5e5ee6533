import { type Issue, SpaceFileError } from '../errors.js';

/** Parameters and conditions that make no space, or none that can be used as asked. The issues' paths are full names. */
export class SpaceError extends SpaceFileError {
  /** The parameters concerned, by full name. */
  readonly parameters: readonly string[];

  constructor(issues: readonly Issue[], hint?: string) {
    const message = issues.map((issue) => issue.message).join('\n');
    super(message, hint === undefined ? { issues } : { issues, hint });
    this.parameters = issues.map((issue) => issue.path);
  }
}
