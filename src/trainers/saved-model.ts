import { StorageError } from '../errors.js';

type Fields = Readonly<Record<string, unknown>>;

/** Reads what a model's toJSON gave, after a round trip through text. Every problem is a StorageError. */
export class SavedFields {
  private readonly fields: Fields;
  private readonly place: string;

  private constructor(fields: unknown, place: string) {
    if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
      throw savedModelError(place, 'an object', fields);
    }
    this.fields = fields as Fields;
    this.place = place;
  }

  /** @throws StorageError when it is no model of that trainer, or of a later version than this program knows. */
  static open(saved: unknown, trainer: string, version: number): SavedFields {
    const fields = new SavedFields(saved, `saved ${trainer} model`);
    fields.oneOf('trainer', [trainer]);
    const found = fields.count('version');
    if (found !== version) {
      throw new StorageError(`saved ${trainer} model: version must be ${version}, got ${found}`, {
        hint: 'read it with the release of concurrent-ml that wrote it, or fit the model again',
      });
    }
    return fields;
  }

  has(name: string): boolean {
    return this.fields[name] !== undefined && this.fields[name] !== null;
  }

  number(name: string): number {
    const value = this.fields[name];
    return typeof value === 'number' ? value : this.refuse(name, 'a number');
  }

  /** A whole number >= 0. */
  count(name: string): number {
    const value = this.fields[name];
    return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : this.refuse(name, 'a count');
  }

  text(name: string): string {
    const value = this.fields[name];
    return typeof value === 'string' ? value : this.refuse(name, 'a text');
  }

  texts(name: string): readonly string[] {
    const value = this.fields[name];
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
      return this.refuse(name, 'a list of texts');
    }
    return value;
  }

  oneOf<Text extends string>(name: string, allowed: readonly Text[]): Text {
    const found = allowed.find((text) => text === this.fields[name]);
    return found ?? this.refuse(name, allowed.join(' or '));
  }

  /** @param length refused when another. */
  numbers(name: string, length?: number): Float64Array {
    const value = this.fields[name];
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'number')) {
      return this.refuse(name, 'a list of numbers');
    }
    if (length !== undefined && value.length !== length) return this.refuse(name, `a list of ${length} numbers`);
    return Float64Array.from(value as readonly number[]);
  }

  object(name: string): SavedFields {
    return new SavedFields(this.fields[name], `${this.place}: ${name}`);
  }

  objects(name: string): SavedFields[] {
    const value = this.fields[name];
    if (!Array.isArray(value)) return this.refuse(name, 'a list');
    return value.map((item, i) => new SavedFields(item, `${this.place}: ${name}[${i}]`));
  }

  private refuse(name: string, rule: string): never {
    throw savedModelError(`${this.place}: ${name}`, rule, this.fields[name]);
  }
}

function savedModelError(place: string, rule: string, value: unknown): StorageError {
  const shown = JSON.stringify(value) ?? 'nothing';
  return new StorageError(`${place} must be ${rule}, got ${shown.length > 60 ? `${shown.slice(0, 60)}…` : shown}`, {
    hint: 'fit and save the model again',
  });
}
