import { existsSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { SpaceFileError } from '../errors.js';
import { nearestName } from '../nearest-name.js';
import { shellWord } from '../shell-word.js';
import { namesIn } from './names-in.js';

/** Formats of tables that are never YAML. */
const DATA_FILE = /\.(csv|tsv|ndjson|jsonl|parquet)$/i;

/** @throws SpaceFileError for a table of data, and for a file that does not exist where another name is meant. */
export function requireSpaceFile(file: string): void {
  if (DATA_FILE.test(file)) {
    throw new SpaceFileError(`${file} is data, not a space file`, {
      hint: `cml init ${shellWord(file)} writes a space file for it`,
    });
  }
  if (existsSync(file)) return;
  const meant = meantFile(file);
  if (meant !== undefined) throw new SpaceFileError(`no such file: ${file} (did you mean ${shellWord(meant)}?)`);
}

function meantFile(file: string): string | undefined {
  const folder = dirname(file);
  const files = namesIn(folder).filter((name) => /^\.ya?ml$/i.test(extname(name)));
  const name = basename(file);
  const meant = files.find((candidate) => candidate === `${name}${extname(candidate)}`) ?? nearestName(name, files);
  return meant === undefined ? undefined : join(folder, meant);
}
