import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { StorageError } from '../../src/errors.js';
import type { JournalEvent } from '../../src/journal/journal-event.js';
import { decodeJournal, EMPTY_JOURNAL, JournalEncoder, type JournalEnd } from '../../src/journal/journal-format.js';

const outcome = fc.oneof(
  fc.record({
    state: fc.constant('completed' as const),
    scores: fc.dictionary(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true })),
    fitSeconds: fc.double({ min: 0, max: 1e6, noNaN: true }),
    scoreSeconds: fc.double({ min: 0, max: 1e6, noNaN: true }),
  }),
  fc.record({ state: fc.constantFrom('failed' as const, 'timed-out' as const), reason: fc.string({ unit: 'binary' }) }),
);
const event: fc.Arbitrary<JournalEvent> = fc.oneof(
  fc.record({
    type: fc.constant('trial' as const),
    trial: fc.nat(),
    params: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))),
  }),
  fc.record({ type: fc.constant('fold' as const), trial: fc.option(fc.nat()), fold: fc.nat(), outcome }),
  fc.record({ type: fc.constant('interrupted' as const) }),
);

function encode(events: readonly JournalEvent[]): Buffer {
  const encoder = new JournalEncoder(EMPTY_JOURNAL);
  return Buffer.from(events.map((one, index) => encoder.encode(one, index * 1.5)).join(''));
}

function decode(bytes: Buffer): { readonly events: readonly JournalEvent[]; readonly end: JournalEnd } {
  const events: JournalEvent[] = [];
  const end = decodeJournal(bytes, 'j', (one) => events.push(one));
  return { events, end };
}

const few: JournalEvent[] = [
  { type: 'trial', trial: 0, params: { 'knn.n_neighbors': 3 } },
  {
    type: 'fold',
    trial: 0,
    fold: 0,
    outcome: { state: 'completed', scores: { accuracy: 0.9 }, fitSeconds: 1, scoreSeconds: 2 },
  },
  { type: 'fold', trial: 0, fold: 1, outcome: { state: 'failed', reason: 'knn: n_neighbors must be <= 2' } },
];

describe('journal format', () => {
  test('reads back what was written', () => {
    fc.assert(
      fc.property(fc.array(event), (events) => {
        expect(JSON.stringify(decode(encode(events)).events)).toBe(JSON.stringify(events));
      }),
    );
  });

  test('reads back text with separators of lines and paragraphs, which JSON leaves as they are', () => {
    const reason = 'one\u2028two\u2029three\nfour\rfive';
    const events: JournalEvent[] = [{ type: 'fold', trial: 0, fold: 0, outcome: { state: 'failed', reason } }];
    expect(decode(encode(events)).events).toEqual(events);
  });

  test('goes on where it ended', () => {
    const whole = encode(few);
    const encoder = new JournalEncoder(decode(encode(few.slice(0, 2))).end);
    const line = encoder.encode(few[2]!, 3);
    expect(whole.toString().endsWith(line)).toBe(true);
  });

  test('cut at any byte, it gives the whole lines before the cut', () => {
    const bytes = encode(few);
    const ends = [0];
    for (let i = 0; i < bytes.length; i++) if (bytes[i] === 10) ends.push(i + 1);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const { events, end } = decode(bytes.subarray(0, cut));
      const wholeLines = ends.filter((place) => place <= cut).length - 1;
      expect(events).toEqual(few.slice(0, wholeLines));
      expect(end).toMatchObject({
        lines: wholeLines,
        validBytes: ends[wholeLines],
        tornBytes: cut - ends[wholeLines]!,
      });
    }
  });

  test('any changed bit is seen: refused, or left out with the last line', () => {
    const bytes = encode(few);
    const lastLine = bytes.lastIndexOf(10, bytes.length - 2) + 1;
    for (let at = 0; at < bytes.length; at++) {
      for (const bit of [1, 2, 4, 8, 16, 32, 64, 128]) {
        const changed = Buffer.from(bytes);
        changed[at]! ^= bit;
        let records = -1;
        try {
          records = decode(changed).events.length;
        } catch (error) {
          expect(error).toBeInstanceOf(StorageError);
          continue;
        }
        // Without the newline between them, the last two lines are one that is not whole.
        expect(records).toBe(at === lastLine - 1 ? 1 : 2);
        expect(at).toBeGreaterThanOrEqual(lastLine - 1);
      }
    }
  });

  test('a deleted or a repeated line is refused', () => {
    const lines = encode([...few, { type: 'interrupted' }])
      .toString()
      .trimEnd()
      .split('\n');
    const without = Buffer.from(`${lines[0]}\n${lines[2]}\n${lines[3]}\n`);
    const twice = Buffer.from(`${lines[0]}\n${lines[1]}\n${lines[1]}\n${lines[2]}\n`);
    expect(() => decode(without)).toThrow(/line 2 of the journal/);
    expect(() => decode(twice)).toThrow(/line 3 of the journal/);
  });

  test('a newer version is refused with its number', () => {
    const text = encode(few).toString().replace('{"v":1,', '{"v":2,');
    expect(() => decode(Buffer.from(text))).toThrow('line 1 of the journal has version 2');
  });

  test('a journal of version 1 loads for ever', () => {
    const file = join(import.meta.dirname, '../fixtures/journals/version-1.jsonl');
    const { events, end } = decode(readFileSync(file));
    expect(events).toEqual(few);
    expect(end).toMatchObject({ lines: 3, elapsedMs: 3, validBytes: readFileSync(file).length });
  });
});
