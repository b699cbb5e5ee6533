import { expect, test } from 'vitest';
import { readNotice } from '../../src/worker/process-messages.js';

test.each([
  [{ notice: 'started', run: 1 }],
  [{ notice: 'group', leader: 12 }],
  [{ notice: 'report', run: 1, task: 0, step: 3, value: Number.NaN }],
  [{ notice: 'exiting' }],
])('%j is a notice', (message) => {
  expect(readNotice(message)).toBe(message);
});

test.each([
  [undefined],
  [null],
  ['started'],
  [{}],
  [{ notice: 'started' }],
  [{ notice: 'started', run: '1' }],
  [{ notice: 'report', run: 1 }],
  [{ notice: 'group', leader: 1 }],
  [{ notice: 'group', leader: 0 }],
  [{ notice: 'group-ended', leader: -5 }],
  [{ notice: 'group', leader: 2.5 }],
  [{ notice: 'toString' }],
  [{ notice: '__proto__' }],
  [{ notice: 7 }],
])('%j is none', (message) => {
  expect(readNotice(message)).toBeUndefined();
});
