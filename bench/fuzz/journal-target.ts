import assert from 'node:assert/strict';
import { StorageError } from '../../src/errors.js';
import type { JournalEvent } from '../../src/journal/journal-event.js';
import { decodeJournal, EMPTY_JOURNAL, JournalEncoder, type JournalEnd } from '../../src/journal/journal-format.js';
import type { FoldOutcome } from '../../src/trial.js';
import { anyTarget } from './any-target.js';
import type { AnyTarget } from './fuzz-target.js';
import { mutated } from './mutations.js';
import { acceptOrRefuse } from './refusal.js';

const TRIALS = 6;

/** A journal with something changed: what is read of it is how it began, or it is refused. */
export function journalTargets(): readonly AnyTarget[] {
  const events = journalEvents();
  const encoder = new JournalEncoder(EMPTY_JOURNAL);
  const whole = Buffer.from(events.map((event, index) => encoder.encode(event, index * 7)).join(''));
  return [
    anyTarget({
      name: 'journal',
      inputs: mutated([whole]),
      check: (bytes) => checkJournal(bytes, events),
      show: (bytes) => JSON.stringify(bytes.toString('latin1')),
      fewRuns: 300,
    }),
  ];
}

function journalEvents(): readonly JournalEvent[] {
  const outcomes: readonly FoldOutcome[] = [
    { state: 'completed', scores: { accuracy: 0.9, log_loss: 1e-300 }, fitSeconds: 0.5, scoreSeconds: 0 },
    { state: 'failed', reason: 'the kernel "rbf" is not\na kernel \u2028' },
    { state: 'timed-out', reason: 'over 2s (budget.trial)' },
  ];
  const trials = Array.from({ length: TRIALS }, (_, trial): JournalEvent[] => [
    { type: 'trial', trial, params: { 'svm.C': 10 ** -trial, 'svm.kernel': trial % 2 === 0 ? 'rbf' : null } },
    ...outcomes.map((outcome, fold): JournalEvent => ({ type: 'fold', trial, fold, outcome })),
  ]);
  return [...trials.flat(), { type: 'interrupted' }, { type: 'resumed' }, { type: 'finished', reason: 'trials' }];
}

async function checkJournal(bytes: Buffer, events: readonly JournalEvent[]): Promise<void> {
  const read: JournalEvent[] = [];
  const end = await acceptOrRefuse(
    (): JournalEnd => decodeJournal(bytes, 'run', (event) => read.push(event)),
    StorageError,
  );
  if (end === undefined) return;
  assert.deepEqual(read, events.slice(0, read.length));
  assert.equal(end.lines, read.length);
  assert.equal(end.validBytes + end.tornBytes, bytes.length);
  // As it is when it was opened for writing.
  const again = decodeJournal(bytes.subarray(0, end.validBytes), 'run', () => {});
  assert.deepEqual(again, { ...end, tornBytes: 0 });
}
