import { describe, expect, test } from 'vitest';
import { bestAfter, runStudy } from '../../../bench/search/run-study.js';
import type { Contender } from '../../../bench/search/study-side.js';

/** Proposes 0, 1, 2 … and notes what it is asked and told. */
class Counter implements Contender {
  readonly name = 'counter';
  readonly isPeer = false;
  readonly log: string[] = [];
  mostUnderWay = 0;
  private underWay = 0;

  async open() {
    let asked = 0;
    return {
      cpuMs: 0,
      ask: async () => {
        this.underWay++;
        this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
        this.log.push(`ask ${asked}`);
        return { id: asked, params: { x: asked++ } };
      },
      tell: async (id: number, value: number) => {
        this.underWay--;
        this.log.push(`tell ${id} ${value}`);
      },
    };
  }
}

const task = {
  name: 'line',
  about: '',
  space: [],
  optimum: 0,
  randomBest: 1,
  value: (point: { number(name: string): number }) => 100 - point.number('x'),
};

describe('runStudy', () => {
  test('one at a time, asks and tells in turn', async () => {
    const counter = new Counter();
    const run = await runStudy(counter, { task, seed: 0, trials: 3, inFlight: 1 });
    expect(counter.log).toEqual(['ask 0', 'tell 0 100', 'ask 1', 'tell 1 99', 'ask 2', 'tell 2 98']);
    expect(run.values).toEqual([100, 99, 98]);
  });

  test('keeps as many under way as it is told, and tells each trial once', async () => {
    const counter = new Counter();
    const { values } = await runStudy(counter, { task, seed: 3, trials: 40, inFlight: 8 });
    expect(counter.mostUnderWay).toBe(8);
    expect(counter.log.slice(0, 8)).toEqual(Array.from({ length: 8 }, (_, i) => `ask ${i}`));
    expect([...values].sort((a, b) => b - a)).toEqual(Array.from({ length: 40 }, (_, i) => 100 - i));
    expect(values).not.toEqual([...values].sort((a, b) => b - a));
  });

  test('a noisy task is told with noise and judged without', async () => {
    const { told, values } = await runStudy(new Counter(), {
      task: { ...task, noise: 50 },
      seed: 0,
      trials: 20,
      inFlight: 1,
    });
    expect(values).toEqual(Array.from({ length: 20 }, (_, i) => 100 - i));
    expect(new Set(told.map((value, i) => value - values[i]!)).size).toBe(20);
  });
});

test('bestAfter is the value of the trial that looks best', () => {
  const run = { told: [5, 3, 4, 1], values: [5, 9, 2, 1] };
  expect([1, 2, 3, 4].map((count) => bestAfter(run, count))).toEqual([5, 9, 9, 1]);
});
