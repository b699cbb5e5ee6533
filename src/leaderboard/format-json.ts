/** Elements of a list in one piece. */
const BATCH = 250;

/**
 * JSON indented by two, ended by a line feed, as pieces to be written one after the other: of a long list in the
 * object no piece holds more than a part, for the whole may be longer than a text can be. A value that is iterable
 * becomes a list; what it yields is read as the pieces are.
 */
export function* jsonPieces(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    yield `${JSON.stringify(value, null, 2)}\n`;
    return;
  }
  let before = '{';
  for (const [key, entry] of Object.entries(value)) {
    if (entry === undefined) continue;
    if (isIterable(entry)) {
      for (const piece of listPieces(key, entry)) {
        yield before + piece;
        before = '';
      }
    } else {
      yield before + inside({ [key]: entry });
    }
    before = ',';
  }
  yield before === '{' ? '{}\n' : '\n}\n';
}

function* listPieces(key: string, list: Iterable<unknown>): Generator<string> {
  const opening = `\n  ${JSON.stringify(key)}: [`;
  const closing = '\n  ]';
  let batch: unknown[] = [];
  let begun = false;
  const piece = (): string => {
    const elements = inside({ [key]: batch }).slice(opening.length, -closing.length);
    const text = (begun ? ',' : opening) + elements;
    begun = true;
    batch = [];
    return text;
  };
  for (const element of list) {
    batch.push(element);
    if (batch.length === BATCH) yield piece();
  }
  if (batch.length > 0) yield piece();
  yield begun ? closing : `${opening}]`;
}

/** The JSON of an object without its braces. */
function inside(object: object): string {
  return JSON.stringify(object, null, 2).slice(1, -2);
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}
