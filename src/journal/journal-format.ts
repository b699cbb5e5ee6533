import { crc32 } from 'node:zlib';
import { StorageError } from '../errors.js';
import type { JournalEvent } from './journal-event.js';

/** Raised when a journal written by it cannot be read by the version before. */
export const JOURNAL_VERSION = 1;

/**
 * One line: version, sequence number (0 for the first line, then without a gap), milliseconds the study had been running
 * (all its processes together), checksum, event.
 */
const LINE = /^\{"v":(\d+),"seq":(\d+),"at":(\d+),"crc":"([0-9a-f]{8})","event":(.*)\}$/s;

/**
 * CRC-32 over everything else on the line, started from the checksum of the line before: a flipped byte, a deleted and
 * a swapped line are all seen.
 */
function checksum(sequence: number, elapsedMs: number, eventText: string, previous: number): number {
  return crc32(`${JOURNAL_VERSION}:${sequence}:${elapsedMs}:${eventText}`, previous);
}

/** Writes lines one after the other. */
export class JournalEncoder {
  private sequence: number;
  private previous: number;

  /** @param end of the journal that is continued. */
  constructor(end: JournalEnd) {
    this.sequence = end.lines;
    this.previous = end.checksum;
  }

  encode(event: JournalEvent, elapsedMs: number): string {
    const text = JSON.stringify(event);
    const at = Math.round(elapsedMs);
    this.previous = checksum(this.sequence, at, text, this.previous);
    const crc = this.previous.toString(16).padStart(8, '0');
    return `{"v":${JOURNAL_VERSION},"seq":${this.sequence++},"at":${at},"crc":"${crc}","event":${text}}\n`;
  }
}

/** Where a journal that was read ends. */
export interface JournalEnd {
  /** Whole, valid lines. */
  readonly lines: number;
  /** Their bytes; what follows in the file is a torn end. */
  readonly validBytes: number;
  /** Bytes of that end; 0 for none. */
  readonly tornBytes: number;
  /** Checksum of the last line, from which the next one starts. */
  readonly checksum: number;
  /** `elapsedMs` of the last line. */
  readonly elapsedMs: number;
}

/** Of a journal in which nothing is written. */
export const EMPTY_JOURNAL: JournalEnd = { lines: 0, validBytes: 0, tornBytes: 0, checksum: 0, elapsedMs: 0 };

/**
 * Reads a journal's bytes. An end that is not a whole valid line is left out (a write that never finished); anything
 * invalid before it is refused.
 * @param visit is given every event in order.
 * @throws StorageError naming the line.
 */
export function decodeJournal(journal: Uint8Array, file: string, visit: (event: JournalEvent) => void): JournalEnd {
  const bytes = Buffer.from(journal.buffer, journal.byteOffset, journal.byteLength);
  let end = EMPTY_JOURNAL;
  while (end.validBytes < bytes.length) {
    const newline = bytes.indexOf(10, end.validBytes);
    if (newline < 0) break;
    const record = decodeLine(bytes.toString('utf8', end.validBytes, newline), end, file);
    if (record === undefined) {
      if (newline === bytes.length - 1) break;
      throw new StorageError(`line ${end.lines + 1} of the journal was changed or damaged (${file})`, {
        hint: 'Restore the file from a copy, or start anew with `cml tune … --force` (the old folder is kept).',
      });
    }
    visit(record.event);
    const { checksum: last, elapsedMs } = record;
    end = { lines: end.lines + 1, validBytes: newline + 1, tornBytes: 0, checksum: last, elapsedMs };
  }
  return { ...end, tornBytes: bytes.length - end.validBytes };
}

interface DecodedLine {
  readonly event: JournalEvent;
  readonly checksum: number;
  readonly elapsedMs: number;
}

function decodeLine(line: string, before: JournalEnd, file: string): DecodedLine | undefined {
  const found = LINE.exec(line);
  if (found === null) return undefined;
  const [version, sequence, elapsedMs] = [Number(found[1]), Number(found[2]), Number(found[3])];
  if (version > JOURNAL_VERSION) throw newerVersion(file, before.lines + 1, version);
  if (version !== JOURNAL_VERSION || sequence !== before.lines) return undefined;
  const expected = checksum(sequence, elapsedMs, found[5]!, before.checksum);
  if (expected !== Number.parseInt(found[4]!, 16)) return undefined;
  return { event: JSON.parse(found[5]!) as JournalEvent, checksum: expected, elapsedMs };
}

function newerVersion(file: string, line: number, version: number): StorageError {
  return new StorageError(
    `line ${line} of the journal has version ${version}, this program reads up to version ${JOURNAL_VERSION} (${file})`,
    { hint: 'Install the version of concurrent-ml that wrote it, or a newer one.' },
  );
}
