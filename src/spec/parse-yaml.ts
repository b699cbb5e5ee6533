import { type Document, LineCounter, parseDocument, visit, type YAMLError } from 'yaml';
import type { Issue } from '../errors.js';
import { spaceFileError } from '../errors.js';
import { PlainReader } from './plain-reader.js';
import { type SpaceDocument, YamlPlaces } from './space-document.js';
import { quoteUnquoted, unquotedCommaMessage } from './unquoted-comma.js';

/** Larger texts are no experiment written by hand; parsing them takes seconds a megabyte. */
export const MOST_BYTES = 1_000_000;
const MOST_SYNTAX_ISSUES = 10;

/**
 * YAML text as plain data with positions; keys that stand twice and the like are in its `issues`.
 * @param file the name shown in messages.
 * @throws SpaceFileError when it cannot be read further: no YAML, or YAML that no space file needs (tags, several
 * documents, aliases that multiply, absurd nesting or size).
 */
export function parseYaml(text: string, file: string): SpaceDocument {
  refuseSize(Buffer.byteLength(text), file);
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const lines = new LineCounter();
  const document = parseDocument(source, {
    lineCounter: lines,
    uniqueKeys: false,
    stringKeys: true,
    schema: 'core',
    resolveKnownTags: false,
    prettyErrors: false,
    logLevel: 'error',
  });
  const issues: Issue[] = [];
  const addAt = (path: string, message: string, offset: number) => {
    const { line, col } = lines.linePos(offset);
    issues.push({ path, message, file, line, column: col });
  };
  const sourceLines = source.split(/\r\n|\n|\r/);
  let quotesMissing = false;
  for (const problem of [...document.errors, ...document.warnings]) {
    const offset = unclosedQuote(document, problem) ?? problem.pos[0];
    const { line } = lines.linePos(offset);
    if (issues.length >= MOST_SYNTAX_ISSUES || issues.some((issue) => issue.line === line)) continue;
    const corrected = quoteUnquoted(sourceLines[line - 1] ?? '');
    // What the parser finds after a value it split is mostly made by the split.
    if (corrected === undefined && quotesMissing) continue;
    quotesMissing ||= corrected !== undefined;
    addAt('', corrected === undefined ? yamlMessage(problem) : unquotedCommaMessage(corrected), offset);
  }
  if (issues.length > 0) throw spaceFileError(file, issues);
  if (document.contents === null) {
    throw spaceFileError(file, [
      { path: '', message: 'the file is empty; `cml init data.csv` writes one', file, line: 1, column: 1 },
    ]);
  }
  const reader = new PlainReader((offset) => sourceLines[lines.linePos(offset).line - 1] ?? '', addAt);
  const data = reader.read(document.contents, []);
  if (reader.refused) throw spaceFileError(file, issues);
  const places = new YamlPlaces(file, document.contents, lines, reader.targets);
  return { data, issues, place: (path, part) => places.place(path, part) };
}

/** @throws SpaceFileError when a space file of this many bytes is not read. */
export function refuseSize(bytes: number, file: string): void {
  if (bytes <= MOST_BYTES) return;
  const message = `the file has ${(bytes / 1e6).toFixed(1)} MB; a space file has at most ${MOST_BYTES / 1e6} MB: is it the data file?`;
  throw spaceFileError(file, [{ path: '', message, file }]);
}

/** A quote that nobody closes is found missing at the end of the text; what helps is where it opens. */
function unclosedQuote(document: Document.Parsed, problem: YAMLError): number | undefined {
  if (problem.code !== 'MISSING_CHAR' || !problem.message.includes('quote')) return undefined;
  let opening: number | undefined;
  visit(document, {
    Scalar(_key, node) {
      if (node.type?.startsWith('QUOTE') && node.range && node.range[0] < problem.pos[0]) opening = node.range[0];
    },
  });
  return opening;
}

function yamlMessage({ code, message }: YAMLError): string {
  if (message.includes('call stack')) return 'nested too deeply to be read';
  if (code === 'MULTIPLE_DOCS') return 'the file holds several YAML documents; keep one, remove the `---` line';
  if (code === 'TAG_RESOLVE_FAILED') return `YAML tags are not used in a space file; remove it (${firstLine(message)})`;
  return `not valid YAML: ${firstLine(message)}`;
}

function firstLine(message: string): string {
  const line = message.split('\n', 1)[0]!;
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
