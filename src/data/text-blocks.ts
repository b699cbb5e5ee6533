import { isAscii } from 'node:buffer';
import { open } from 'node:fs/promises';
import { dataProblem } from './data-problem.js';
import { countByte, refuseForeignStart, refuseNonText } from './file-signature.js';

/** Whole lines of a text file. */
export interface TextBlock {
  readonly text: string;
  /** Line number of its first line, 1-based. */
  readonly firstLine: number;
  /** Whether the file ends with it. */
  readonly last: boolean;
  /** What ends a line; a carriage return before a line feed is left in the text. */
  readonly newline: '\n' | '\r';
}

/** One record of a text format may not be longer, so that an open quote cannot swallow the memory. */
export const LONGEST_RECORD_BYTES = 16 * 2 ** 20;

const BLOCK_BYTES = 2 ** 20;

/**
 * Reads a UTF-8 file block by block, cut at line ends; a byte order mark is skipped.
 * @throws DataError for anything that is not UTF-8 text, with its line.
 */
export async function* readTextBlocks(file: string): AsyncGenerator<TextBlock> {
  const handle = await open(file, 'r');
  try {
    let rest: Buffer = Buffer.alloc(0);
    let firstLine = 1;
    let newline: '\n' | '\r' | undefined;
    for (;;) {
      const bytes = await fill(handle, rest);
      const last = bytes.length === rest.length;
      const isStart = newline === undefined;
      if (isStart) refuseForeignStart(bytes, file);
      newline ??= !bytes.includes(10) && bytes.includes(13) ? '\r' : '\n';
      const newlineByte = newline.charCodeAt(0);
      const end = last ? bytes.length : bytes.lastIndexOf(newlineByte) + 1;
      const whole = bytes.subarray(0, end);
      refuseNonText(whole, file, firstLine);
      rest = bytes.subarray(end);
      if (rest.length > LONGEST_RECORD_BYTES) {
        throw dataProblem({ file, line: firstLine }, 'the line is longer than 16 MiB', 'is this a table?');
      }
      if (end > 0 || last) {
        // Bytes that are ASCII throughout are decoded several times as fast when declared so.
        const text = whole.toString(isAscii(whole) ? 'latin1' : 'utf8', isStart && startsWithMark(whole) ? 3 : 0);
        yield { text, firstLine, last, newline };
      }
      if (last) return;
      firstLine += countByte(whole, newlineByte);
    }
  } finally {
    await handle.close();
  }
}

export function startsWithMark(bytes: Buffer): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** `rest` and as much of the file as follows it, up to a block. */
async function fill(handle: Awaited<ReturnType<typeof open>>, rest: Buffer): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(rest.length + BLOCK_BYTES);
  rest.copy(bytes);
  let length = rest.length;
  while (length < bytes.length) {
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}
