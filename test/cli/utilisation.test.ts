import { expect, test } from 'vitest';
import { Utilisation } from '../../src/cli/progress/utilisation.js';
import type { FoldTask } from '../../src/validation/fold-task.js';

const task = {} as FoldTask;

test('counts the time in which slots had a task', () => {
  const utilisation = new Utilisation(2, 100);
  utilisation.onSlot(0, task, 100);
  utilisation.onSlot(1, task, 150);
  // One task follows another.
  utilisation.onSlot(0, task, 160);
  utilisation.onSlot(1, undefined, 170);
  // 100 of slot 0, which still runs, and 20 of slot 1, of 200.
  expect(utilisation.text(200)).toBe('2 workers 60 % busy');
});

test('says nothing where nothing ran', () => {
  expect(new Utilisation(2, 0).text(0)).toBe('');
  expect(new Utilisation(1, 0).text(50)).toBe('');
});
