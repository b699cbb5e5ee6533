import { isUtf8 } from 'node:buffer';
import { dataProblem } from './data-problem.js';

interface Signature {
  readonly bytes: readonly number[];
  readonly what: string;
  readonly remedy: string;
}

const UNPACK = 'unpack it first';
const SAVE_AS_UTF8 = 'save it as UTF-8, for example: iconv -f UTF-16 -t UTF-8';

const SIGNATURES: readonly Signature[] = [
  { bytes: [0x1f, 0x8b], what: 'is compressed with gzip', remedy: UNPACK },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], what: 'is compressed with zstd', remedy: UNPACK },
  { bytes: [0x42, 0x5a, 0x68], what: 'is compressed with bzip2', remedy: UNPACK },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], what: 'is compressed with xz', remedy: UNPACK },
  { bytes: [0x50, 0x4b, 0x03, 0x04], what: 'is a zip archive or a spreadsheet', remedy: 'unpack it, or export CSV' },
  { bytes: [0x50, 0x41, 0x52, 0x31], what: 'is a Parquet file', remedy: 'give it the extension .parquet' },
  { bytes: [0xff, 0xfe], what: 'is in UTF-16', remedy: SAVE_AS_UTF8 },
  { bytes: [0xfe, 0xff], what: 'is in UTF-16', remedy: SAVE_AS_UTF8 },
];

/** Refuses a file whose first bytes belong to something else than text. @throws DataError */
export function refuseForeignStart(start: Buffer, file: string): void {
  for (const { bytes, what, remedy } of SIGNATURES) {
    // `BZh` could be text; a compressed file is followed by its block size and the digits of pi.
    if (bytes.every((byte, index) => start[index] === byte) && (bytes[0] !== 0x42 || start[4] === 0x31)) {
      throw dataProblem({ file }, `the file ${what}`, remedy);
    }
  }
}

/** Refuses bytes that are no text. @param firstLine line number of the first byte, 1-based. @throws DataError */
export function refuseNonText(bytes: Buffer, file: string, firstLine: number): void {
  const zero = bytes.indexOf(0);
  if (zero >= 0) {
    const line = firstLine + countByte(bytes.subarray(0, zero), 10);
    throw dataProblem({ file, line }, 'holds a zero byte: the file is binary or in UTF-16', SAVE_AS_UTF8);
  }
  if (isUtf8(bytes)) return;
  let line = firstLine;
  for (let start = 0; start < bytes.length; line++) {
    const newline = bytes.indexOf(10, start);
    const end = newline < 0 ? bytes.length : newline + 1;
    if (!isUtf8(bytes.subarray(start, end))) break;
    start = end;
  }
  throw dataProblem(
    { file, line },
    'is not valid UTF-8',
    'save the file as UTF-8, for example: iconv -f WINDOWS-1252 -t UTF-8',
  );
}

/** How often a byte occurs. */
export function countByte(bytes: Buffer, byte: number): number {
  let count = 0;
  for (let at = bytes.indexOf(byte); at >= 0; at = bytes.indexOf(byte, at + 1)) count++;
  return count;
}
