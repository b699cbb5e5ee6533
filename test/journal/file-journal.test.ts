import { appendFileSync, chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FileJournal, readJournal } from '../../src/journal/file-journal.js';
import type { JournalEvent } from '../../src/journal/journal-event.js';
import { EMPTY_JOURNAL, type JournalEnd } from '../../src/journal/journal-format.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cml-journal-'));
  file = join(folder, 'journal.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function read(): Promise<{ readonly events: readonly JournalEvent[]; readonly end: JournalEnd }> {
  const events: JournalEvent[] = [];
  const end = await readJournal(file, (event) => events.push(event));
  return { events, end };
}

const trial = (number: number): JournalEvent => ({ type: 'trial', trial: number, params: { x: number } });

describe('file journal', () => {
  test('what was appended is in the file when the promise resolves', async () => {
    const journal = await FileJournal.open(file, EMPTY_JOURNAL);
    await journal.append(trial(0));
    expect(readFileSync(file, 'utf8').split('\n').length).toBe(2);
    await journal.close();
  });

  test('keeps the order of concurrent appends', async () => {
    const journal = await FileJournal.open(file, EMPTY_JOURNAL);
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 500 }, (_, number) => journal.append(trial(number)).then(() => order.push(number))),
    );
    await journal.close();
    expect((await read()).events).toEqual(Array.from({ length: 500 }, (_, number) => trial(number)));
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  test('close waits for what was appended', async () => {
    const journal = await FileJournal.open(file, EMPTY_JOURNAL);
    const pending = [journal.append(trial(0)), journal.append(trial(1))];
    await journal.close();
    await Promise.all(pending);
    expect((await read()).events.length).toBe(2);
  });

  test('continues behind a torn end, which is cut off', async () => {
    const first = await FileJournal.open(file, EMPTY_JOURNAL);
    await first.append(trial(0));
    await first.close();
    appendFileSync(file, '{"v":1,"seq":1,"at":0,"crc":"0000');
    const second = await FileJournal.open(file, (await read()).end);
    await second.append(trial(1));
    await second.close();
    const { events, end } = await read();
    expect(events).toEqual([trial(0), trial(1)]);
    expect(end.validBytes).toBe(readFileSync(file).length);
  });

  test('running time adds up over processes', async () => {
    const first = await FileJournal.open(file, EMPTY_JOURNAL);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await first.append(trial(0));
    await first.close();
    const { end } = await read();
    const second = await FileJournal.open(file, (await read()).end);
    expect(second.elapsedMs).toBeGreaterThanOrEqual(Math.max(15, end.elapsedMs));
    await second.close();
  });

  test.skipIf(process.getuid?.() === 0)(
    'a read-only file is refused with what to do (not as root, who may write it)',
    async () => {
      const first = await FileJournal.open(file, EMPTY_JOURNAL);
      await first.append(trial(0));
      await first.close();
      chmodSync(file, 0o444);
      await expect(FileJournal.open(file, (await read()).end)).rejects.toThrow(/permission/i);
    },
  );

  test('a missing journal is refused with what to do', async () => {
    await expect(read()).rejects.toMatchObject({ exitCode: 5, hint: expect.stringContaining('cml tune') });
  });
});

test.runIf(process.platform === 'linux')(
  'a full disk fails the append and every later one, with what to do',
  async () => {
    // /dev/full accepts being opened and refuses every write, as a full disk does.
    const journal = await FileJournal.open('/dev/full', { ...EMPTY_JOURNAL, lines: 1 });
    await expect(journal.append(trial(0))).rejects.toMatchObject({
      exitCode: 5,
      hint: expect.stringContaining('disk is full'),
    });
    await expect(journal.append(trial(1))).rejects.toMatchObject({ exitCode: 5 });
    await journal.close().catch(() => undefined);
  },
);
