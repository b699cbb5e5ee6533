import { suggestion } from '../nearest-name.js';
import { familyOf, shortName } from '../parameter-name.js';
import { showValue } from './place.js';

/** What the names in a condition mean. */
export class NameScope {
  private readonly names: ReadonlySet<string>;
  private readonly family: string | undefined;

  /** @param names full names of all parameters. @param family whose names can be written without its own. */
  constructor(names: ReadonlySet<string>, family?: string) {
    this.names = names;
    this.family = family;
  }

  /** The full name: the family's own first, then the shared ones. */
  resolve(name: string): string | undefined {
    if (this.family !== undefined) {
      const own = `${this.family}.${name}`;
      if (this.names.has(own)) return own;
    }
    return this.names.has(name) && this.sees(name) ? name : undefined;
  }

  /** Every way to write a parameter's name here, also of those that cannot be read here. */
  get spellings(): readonly string[] {
    const prefix = this.family === undefined ? undefined : `${this.family}.`;
    const own = prefix === undefined ? [] : [...this.names].filter((name) => name.startsWith(prefix));
    return [...this.names, ...own.map(shortName)];
  }

  /** The message for a name that means nothing here. */
  unknown(name: string): string {
    if (this.family !== undefined && this.names.has(name)) {
      return `${showValue(name)} belongs to another model and is never active together with '${this.family}'`;
    }
    const visible = [...this.names].filter((full) => this.sees(full));
    const written = visible.map((full) => (this.family === undefined ? full : shortName(full)));
    const full = this.family === undefined ? visible.find((candidate) => candidate.endsWith(`.${name}`)) : undefined;
    const advice = full === undefined ? suggestion(name, written) : ` (did you mean '${full}'?)`;
    return `no such parameter: ${showValue(name)}${advice}; texts are written in quotes`;
  }

  /** Inside a family the parameters of the other ones never count. */
  private sees(name: string): boolean {
    const family = familyOf(name);
    return this.family === undefined || family === undefined || family === this.family;
  }
}
