import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, parse, relative, resolve, sep } from 'node:path';
import { CmlError, formatIssue, type Issue, SpaceFileError, UsageError } from '../errors.js';
import { writeNew } from '../init/write-new.js';
import { parseDuration } from '../spec/duration.js';
import { parseSpec } from '../spec/load-spec.js';
import { parseYaml } from '../spec/parse-yaml.js';
import type { SpaceDocument } from '../spec/space-document.js';
import { FORMATS, type ImportFormat } from './formats.js';
import { ImportNotes } from './import-notes.js';
import type { ImportedStudy } from './imported-study.js';
import { importedText } from './imported-text.js';
import { argumentOf } from './parameter-list.js';
import { quotedWords } from './shell-words.js';

export interface ImportOptions {
  /** The file of the other tool, relative to the directory. */
  readonly file: string;
  /** Where the command runs. */
  readonly directory: string;
  /** The space file to write, relative to the directory. */
  readonly out: string;
  /** Name of its format; undefined: recognised by what it holds. */
  readonly from?: string | undefined;
  /** The program and its arguments, in place of what the file says; parameters follow unless it names them. */
  readonly command?: string | undefined;
}

export interface ImportResult {
  /** Absolute path of the space file written. */
  readonly file: string;
  /** The format that was read. */
  readonly format: string;
  readonly method: string;
  /** Names of the parameters in the space file. */
  readonly parameters: readonly string[];
  /** What could not be carried over as it was. */
  readonly notes: readonly Issue[];
}

/**
 * Writes a space file that says what a file of another tool says; never over an existing file.
 * @throws UsageError for a file of no known format, or one that exists. @throws SpaceFileError for one that is no YAML.
 */
export async function importFile(options: ImportOptions): Promise<ImportResult> {
  if (PROGRAM.test(options.file)) {
    throw new UsageError(`${options.file} is a program, not a sweep`, {
      hint: 'give the file that says what is searched; --command names the program',
    });
  }
  const source = resolve(options.directory, options.file);
  const out = resolve(options.directory, options.out);
  const document = parseYaml(await readText(source, options.file), options.file);
  if (document.issues.length > 0)
    throw new SpaceFileError(formatIssue(document.issues[0]!), { issues: document.issues });
  const format = findFormat(document.data, options);
  const notes = new ImportNotes(document);
  const read = format.read(document.data, notes, (file) => readOther(resolve(dirname(source), file)));
  if (read.parameters.length === 0) {
    throw new UsageError(`${options.file}: no parameters were found (${format.name})`, {
      hint: '--from names another format; the guide on importing shows what each one must hold',
    });
  }
  const command = commandOf(read, options.command, notes);
  const folder = relative(dirname(out), dirname(source)).replaceAll(sep, '/');
  if (folder !== '')
    notes.add([], `the command starts in the folder of the space file, not in that of ${options.file}`);
  const study = { ...read, ...soundWall(read, notes), command };
  const name = studyName(read.name ?? parse(source).name);
  const text = () => importedText(study, { name, source: options.file, notes: notes.all });
  for (const issue of remainingIssues(text(), out)) notes.add([], `to mend: ${issue.path}: ${issue.message}`);
  await writeNew(out, text());
  return {
    file: out,
    format: format.name,
    method: study.method,
    parameters: study.parameters.map((parameter) => parameter.key),
    notes: notes.all,
  };
}

const PROGRAM = /\.(py|ipynb|[cm]?[jt]s|sh|r|jl|rb|pl)$/i;

/** By the code of the system. */
const UNREADABLE: Readonly<Record<string, (file: string) => string>> = {
  ENOENT: (file) => `there is no file ${file}`,
  ENOTDIR: (file) => `there is no file ${file}: part of the path is a file, not a folder`,
  EISDIR: (file) => `${file} is a folder; give the file in it`,
  EACCES: (file) => `${file} may not be read; check its permissions`,
};

async function readText(path: string, shown: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new UsageError(UNREADABLE[code]?.(shown) ?? `${shown} cannot be read: ${message}`, { cause: error });
  }
}

/** Another file that the first one names; undefined where it cannot be read. */
function readOther(path: string): SpaceDocument | undefined {
  try {
    return parseYaml(readFileSync(path, 'utf8'), path);
  } catch (error) {
    if (error instanceof CmlError || (error as NodeJS.ErrnoException).code !== undefined) return undefined;
    throw error;
  }
}

function findFormat(data: unknown, { file, from }: ImportOptions): ImportFormat {
  const found = FORMATS.find((format) => (from === undefined ? format.recognises(data) : format.name === from));
  if (found !== undefined) return found;
  const names = FORMATS.map((format) => format.name).join(', ');
  throw new UsageError(`${file} is of no format that is known: ${names}`, {
    hint: 'the guide on importing shows what each one must hold; --from names the format',
  });
}

/** A program that takes its parameters as `--name=value` stands where the file names none. */
function commandOf(study: ImportedStudy, given: string | undefined, notes: ImportNotes): readonly string[] {
  if (given === undefined && study.command !== undefined) return study.command;
  if (given === undefined)
    notes.add([], 'no program is named: the command takes objective.py; --command names another');
  const words = given === undefined ? ['python3', 'objective.py'] : quotedWords(given);
  if (words.length === 0) throw new UsageError('--command: names no program');
  const named = study.parameters.some(({ key }) => words.some((word) => word.includes(`{${key}}`)));
  return named || words.includes('{params_file}') ? words : [...words, ...study.parameters.map(argumentOf)];
}

function soundWall({ wall }: ImportedStudy, notes: ImportNotes): Pick<ImportedStudy, 'wall'> {
  if (wall === undefined || parseDuration(wall) !== undefined) return {};
  notes.add([], `the time limit ${wall} cannot be read: left out`);
  return { wall: undefined };
}

/** A study's name is that of a folder. */
function studyName(name: string): string {
  const plain = name
    .replace(/[^\w().+-]+/g, '-')
    .replace(/^[^\w]+|[^\w)+-]+$/g, '')
    .slice(0, 90);
  return plain === '' ? 'imported' : plain;
}

/** What `cml check` would still find. */
function remainingIssues(text: string, file: string): readonly Issue[] {
  try {
    parseSpec(text, { file, directory: dirname(file), name: parse(file).name });
    return [];
  } catch (error) {
    if (!(error instanceof CmlError)) throw error;
    return error.issues.length > 0 ? error.issues : [{ path: '', message: error.message }];
  }
}
