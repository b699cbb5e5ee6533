import type { Path } from '../spec/place.js';
import { PLACEHOLDERS } from '../validation/command-template.js';
import type { ImportNotes } from './import-notes.js';
import type { ImportedParameter, Notation } from './imported-study.js';
import { sound } from './sound-notation.js';

/** Names that mean something else in a space file with models. */
const RESERVED: readonly string[] = ['model', 'models', 'preprocess', ...PLACEHOLDERS];

/** `--name={key}`, as most programs read a parameter. */
export function argumentOf({ name, key }: ImportedParameter): string {
  return `--${name.replace(/^-+/, '')}={${key}}`;
}

/** The parameters of a file under names that a space file can have. */
export class ParameterList {
  readonly all: ImportedParameter[] = [];
  private readonly notes: ImportNotes;

  constructor(notes: ImportNotes) {
    this.notes = notes;
  }

  /** @param path where it stands. @returns its name in the space file. */
  add(name: string, notation: Notation, path: Path): string {
    const key = this.freeKey(name);
    if (key !== name) this.notes.add(path, `renamed ${key}: the name '${name}' cannot stand in a space file`);
    this.all.push({ name, key, notation: sound(notation, (message) => this.notes.add(path, message)) });
    return key;
  }

  /** The name in the space file of what the other tool calls so. */
  keyOf(name: string): string | undefined {
    return this.all.find((parameter) => parameter.name === name)?.key;
  }

  get arguments(): readonly string[] {
    return this.all.map(argumentOf);
  }

  private freeKey(name: string): string {
    const plain = name.replace(/^[^A-Za-z]+/, '').replace(/[^A-Za-z0-9_-]/g, '_');
    const base = plain === '' ? 'parameter' : RESERVED.includes(plain) ? `${plain}_value` : plain;
    let key = base;
    for (let number = 2; this.all.some((parameter) => parameter.key === key); number++) key = `${base}_${number}`;
    return key;
  }
}
