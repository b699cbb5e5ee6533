import { describe, expect, test } from 'vitest';
import { coordinateOf } from '../../../src/samplers/tpe/coordinate.js';
import type { Domain } from '../../../src/space/parameter.js';
import { Space } from '../../../src/space/space.js';

describe('a coordinate', () => {
  test.each<[string, Domain, number]>([
    ['integers', { kind: 'int', min: -3, max: 8, log: false, step: 1 }, 12],
    ['integers in steps', { kind: 'int', min: 16, max: 256, log: false, step: 16 }, 16],
    ['a stepped range', { kind: 'float', min: 0, max: 0.3, log: false, step: 0.1 }, 4],
    ['integers on a log axis', { kind: 'int', min: 1, max: 300, log: true, step: 1 }, 300],
    ['wide steps on a log axis', { kind: 'int', min: 2, max: 50, log: true, step: 8 }, 7],
    ['ordered choices', { kind: 'categorical', values: ['s', 'm', 'l'], ordered: true }, 3],
  ])('of %s has the cells of its parameter', (_, domain, count) => {
    const coordinate = coordinateOf(domain);
    if (coordinate.kind !== 'lattice') throw new Error('expected a lattice');
    const space = Space.create([{ name: 'x', domain }], []);
    expect(coordinate.count).toBe(count);
    expect([coordinate.edge(0), coordinate.edge(count)]).toEqual([0, expect.closeTo(1, 12)]);
    const values = new Set<unknown>();
    for (let index = 0; index < count; index++) {
      const low = coordinate.edge(index);
      const high = coordinate.edge(index + 1);
      const inside = [low + (high - low) * 1e-6, (low + high) / 2, high - (high - low) * 1e-6];
      const decoded = inside.map((unit) => space.decode(Float64Array.of(unit)).x);
      expect(new Set(decoded).size).toBe(1);
      expect(inside.map((unit) => coordinate.indexOf(unit))).toEqual([index, index, index]);
      values.add(decoded[0]);
    }
    expect(values.size).toBe(count);
  });

  test('of choices without an order, and of ranges, has no cells', () => {
    expect(coordinateOf({ kind: 'categorical', values: ['a', 'b'], ordered: false })).toEqual({
      kind: 'choices',
      count: 2,
    });
    expect(coordinateOf({ kind: 'float', min: 1, max: 2, log: true })).toEqual({ kind: 'continuous' });
    expect(coordinateOf({ kind: 'normal', mean: 0, std: 1, log: false })).toEqual({ kind: 'continuous' });
  });
});
