import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PriorityQueue } from '../../../src/trainers/trees/priority-queue.js';

test('gives items by priority, equal ones in the order added', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 5 })), (priorities) => {
      const queue = new PriorityQueue<number>();
      for (const [index, priority] of priorities.entries()) queue.push(index, priority);
      const popped = Array.from(priorities, () => queue.pop());
      const sorted = [...priorities.keys()].sort((a, b) => priorities[b]! - priorities[a]! || a - b);
      expect(popped).toEqual(sorted);
      expect(queue.pop()).toBeUndefined();
    }),
  );
});

test('drops the item that would come last, and keeps the others in order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 5 })), fc.nat(20), (priorities, dropped) => {
      const queue = new PriorityQueue<number>();
      for (const [index, priority] of priorities.entries()) queue.push(index, priority);
      const sorted = [...priorities.keys()].sort((a, b) => priorities[b]! - priorities[a]! || a - b);
      for (let i = 0; i < dropped; i++) expect(queue.dropLast()).toBe(sorted.pop());
      expect(queue.size).toBe(sorted.length);
      expect(sorted.map(() => queue.pop())).toEqual(sorted);
    }),
  );
});
