import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { catchInterrupts } from '../../src/cli/interrupts.js';

/** Stands for the process: signals are emitted, exits are recorded. */
function fakeProcess() {
  const exits: (number | undefined)[] = [];
  const emitter = Object.assign(new EventEmitter(), {
    exit: (code?: number) => {
      exits.push(code);
    },
  });
  return { emitter, exits };
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('the first %s aborts, the second signal ends at once', (name) => {
  const { emitter, exits } = fakeProcess();
  let told = 0;
  const { signal } = catchInterrupts(() => told++, emitter);
  emitter.emit(name);
  expect(signal.aborted).toBe(true);
  expect([told, exits]).toEqual([1, []]);
  emitter.emit('SIGINT');
  expect([told, exits]).toEqual([1, [130]]);
});

test('signals have their usual effect again after the release', () => {
  const { emitter } = fakeProcess();
  catchInterrupts(() => {}, emitter).release();
  expect(emitter.eventNames()).toEqual([]);
});
