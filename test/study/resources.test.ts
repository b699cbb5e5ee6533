import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FoldQueue } from '../../src/study/fold-queue.js';
import { type Lease, ResourceLedger } from '../../src/study/resource-ledger.js';

describe('the ledger', () => {
  test('lends what there is, each device to one task at a time', () => {
    const ledger = new ResourceLedger(2, ['0', '1'], 100);
    const first = ledger.take({ cpus: 1, gpus: 1 });
    expect(first.gpus).toEqual(['0']);
    expect(ledger.fits({ cpus: 1, gpus: 2 })).toBe(false);
    expect(ledger.fits({ cpus: 2, gpus: 0 })).toBe(false);
    const second = ledger.take({ cpus: 1, gpus: 1, memoryBytes: 60 });
    expect(second.gpus).toEqual(['1']);
    ledger.giveBack(first);
    expect(ledger.fits({ cpus: 1, gpus: 0, memoryBytes: 60 })).toBe(false);
    ledger.giveBack(second);
    expect(ledger.take({ cpus: 2, gpus: 2, memoryBytes: 100 }).gpus).toEqual(['0', '1']);
  });

  test('never lends more than it has, and has everything again in the end', () => {
    const wanted = fc.record({ cpus: fc.integer({ min: 1, max: 4 }), gpus: fc.integer({ min: 0, max: 3 }) });
    const steps = fc.array(fc.oneof(wanted, fc.nat()), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (given) => {
        const ledger = new ResourceLedger(4, ['a', 'b', 'c'], 0);
        const lent: Lease[] = [];
        for (const step of given) {
          if (typeof step === 'number') {
            const [lease] = lent.splice(step % Math.max(1, lent.length), 1);
            if (lease !== undefined) ledger.giveBack(lease);
          } else if (ledger.fits(step)) {
            lent.push(ledger.take(step));
          }
          expect(lent.reduce((sum, { cpus }) => sum + cpus, 0)).toBeLessThanOrEqual(4);
          const devices = lent.flatMap(({ gpus }) => gpus);
          expect(new Set(devices).size).toBe(devices.length);
        }
        for (const lease of lent) ledger.giveBack(lease);
        expect(ledger.fits({ cpus: 4, gpus: 3 })).toBe(true);
      }),
    );
  });
});

describe('the queue', () => {
  test('lets small ones pass a large one, but not for ever', () => {
    const queue = new FoldQueue<string>(2);
    for (const item of ['large', 'a', 'b', 'c']) queue.push(item);
    const small = (item: string) => item !== 'large';
    expect([queue.take(small), queue.take(small), queue.take(small)]).toEqual(['a', 'b', undefined]);
    expect(queue.has(small)).toBe(false);
    expect(queue.take(() => true)).toBe('large');
    expect(queue.take(small)).toBe('c');
    expect(queue.isEmpty).toBe(true);
  });

  test('gives everything once, in order where everything goes', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.nat({ max: 3 }), (items, passes) => {
        const queue = new FoldQueue<number>(passes);
        for (const item of items) queue.push(item);
        const taken = [];
        for (let item = queue.take(() => true); item !== undefined; item = queue.take(() => true)) taken.push(item);
        expect(taken).toEqual(items);
      }),
    );
  });
});
