import type { IssueList } from './issue-list.js';
import type { Path } from './place.js';

/** The part of JSON Schema 2020-12 that shapes emit. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/**
 * One definition of a part of the space file that does two things: `check` reads a plain value, `json` is the same rule
 * for editors. Both are built by the same combinator, so they cannot drift apart.
 */
export interface Shape<T> {
  readonly json: JsonSchema;
  /** How the value should look, for `must be …` in messages. */
  readonly expected: string;
  /** @returns the value, read; undefined when it breaks a rule, which is then in `issues`. */
  check(value: unknown, path: Path, issues: IssueList): T | undefined;
}

export type Infer<S> = S extends Shape<infer T> ? T : never;

/** The same shape with its own words for editors. */
export function described<T>(shape: Shape<T>, description: string, more: JsonSchema = {}): Shape<T> {
  return { ...shape, json: { ...shape.json, description, ...more } };
}

/** The same shape under a name in the `$defs` of the schema, where `definitions` collects it. */
export function defined<T>(shape: Shape<T>, name: string, definitions: Map<string, JsonSchema>): Shape<T> {
  definitions.set(name, shape.json);
  return { ...shape, json: { $ref: `#/$defs/${name}` } };
}
