import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, expectTypeOf, test } from 'vitest';
import { type TuneResult, tune } from '../../src/api/tune.js';
import { SpaceFileError, StorageError, UsageError } from '../../src/errors.js';
import type { Objective } from '../../src/executors/objective-executor.js';
import { readRun } from '../../src/runs/read-run.js';
import { resume } from '../../src/runs/tune.js';
import { specFromObject } from '../../src/spec/load-spec.js';
import type { StudySpec } from '../../src/spec/study-spec.js';
import type { ObjectiveContext } from '../../src/validation/objective-context.js';
import { judge, specOf } from './random-spec.js';

const folder = mkdtempSync(join(tmpdir(), 'cml-api-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const BOWL = {
  name: 'bowl',
  objective: { goal: 'minimize' },
  search: { method: 'tpe', trials: 30, lag: 4 },
  parameters: { x: { min: -5, max: 5 }, y: { min: -5, max: 5 } },
} as const;

const bowl = ({ x, y }: { readonly x: number; readonly y: number }) => (x - 1) ** 2 + (y + 2) ** 2;

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What must not depend on time or workers. */
function summary({ best, leaderboard }: TuneResult) {
  const rows = leaderboard.rows.map(({ fit_seconds, score_seconds, ...row }) => row);
  return { best: best?.number, ...leaderboard, rows };
}

describe('tune with an objective', () => {
  test('gives the best parameters, their score and a leaderboard, and writes nothing', async () => {
    const result = await tune(BOWL, { objective: bowl });
    expectTypeOf(result.best!.params.x).toEqualTypeOf<number>();
    const { best, leaderboard, folder: path, alreadyFinished } = result;
    expect(best!.score).toBe(bowl(best!.params));
    expect(leaderboard).toMatchObject({
      study: 'bowl',
      metric: 'value',
      goal: 'minimize',
      status: 'finished',
      stopped: 'trials',
      trials: { planned: 30, completed: 30, failed: 0 },
      holdout: null,
    });
    expect(leaderboard.rows[0]).toMatchObject({
      rank: 1,
      trial: best!.number,
      score: best!.score,
      params: best!.params,
    });
    expect({ path, alreadyFinished }).toEqual({ path: undefined, alreadyFinished: false });
    expect(existsSync('runs/bowl')).toBe(false);
  });

  test('gives the same result on any number of workers, in whatever order calls end', async () => {
    const specs = fc
      .constantFrom('random' as const, 'tpe' as const, 'bayes' as const)
      .chain((method) => specOf(method, 16));
    await fc.assert(
      fc.asyncProperty(specs, fc.infiniteStream(fc.nat({ max: 3 })), async (spec, delays) => {
        const objective: Objective = async (params, { trial }) => {
          for (let turns = delays.next().value; turns > 0; turns--)
            await new Promise((resolve) => setImmediate(resolve));
          if (trial % 6 === 5) throw new Error('diverged');
          return judge(params);
        };
        const alone = summary(await tune(spec, { objective }));
        expect(summary(await tune(spec, { objective, workers: 4 }))).toEqual(alone);
      }),
      { numRuns: 10 },
    );
  });

  test('has no more calls under way than workers, and as many when the lag allows', async () => {
    let running = 0;
    let most = 0;
    const objective = async (params: { readonly x: number; readonly y: number }) => {
      most = Math.max(most, ++running);
      await pause(1);
      running--;
      return bowl(params);
    };
    await tune(BOWL, { objective, workers: 3 });
    expect(most).toBe(3);
    const notes: string[] = [];
    await tune(BOWL, { objective, workers: 9, onNote: (text) => notes.push(text) });
    expect(most).toBe(4);
    expect(notes).toEqual(['9 workers are more than search.lag 4 keeps busy: that needs lag 9']);
  });

  test('tells the objective which trial and repeat it is, with a seed that is the same for each trial', async () => {
    const seen: Omit<ObjectiveContext, 'signal' | 'report'>[] = [];
    const spec = { ...BOWL, evaluation: { repeats: 2 }, search: { method: 'random', trials: 3 } } as const;
    const { leaderboard } = await tune(spec, {
      objective: (params, { signal, ...context }) => {
        expect(signal.aborted).toBe(false);
        seen.push(context);
        return bowl(params) + context.repeat;
      },
    });
    expect(seen.map(({ trial, repeat }) => [trial, repeat])).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
      [2, 0],
      [2, 1],
    ]);
    expect(new Set(seen.map(({ seed }) => seed)).size).toBe(2);
    expect(seen[0]!.seed).toBe(seen[2]!.seed);
    const { folds, score, std } = leaderboard.rows[0]!;
    expect(folds[1]! - folds[0]!).toBeCloseTo(1, 12);
    expect(score).toBeCloseTo(folds[0]! + 0.5, 12);
    expect(std).toBeCloseTo(Math.SQRT1_2, 12);
  });

  test('takes numbers by name', async () => {
    const spec = {
      ...BOWL,
      objective: { metric: 'loss', goal: 'minimize', also: ['size'] },
      search: { method: 'random', trials: 4 },
    } as const;
    const { best, leaderboard } = await tune(spec, {
      objective: ({ x, y }) => ({ size: x * 2, loss: bowl({ x, y }), ignored: 1 }),
    });
    expect(leaderboard.metric).toBe('loss');
    expect(leaderboard.rows[0]!.metrics).toEqual({ size: best!.params.x * 2 });
  });

  test('every way to fail is a failed trial with its reason; the others go on', async () => {
    const results: readonly (() => unknown)[] = [
      () => {
        throw new Error('out of memory, perhaps');
      },
      () => Promise.reject('no'),
      () => Number.NaN,
      () => Number.NEGATIVE_INFINITY,
      () => undefined,
      () => '0.5',
      () => [0.1, 0.2],
      () => ({ loss: 1 }),
      () => 3,
    ];
    const spec = { ...BOWL, search: { method: 'random', trials: results.length } } as const;
    const objective = (_: unknown, { trial }: ObjectiveContext) => results[trial]!() as number;
    const { best, leaderboard } = await tune(spec, { objective });
    expect(leaderboard.trials).toMatchObject({ completed: 1, failed: 8 });
    expect(best).toMatchObject({ number: 8, score: 3 });
    expect(leaderboard.rows.slice(1).map(({ reason }) => reason)).toEqual([
      'out of memory, perhaps',
      'no',
      'value must be a finite number, got NaN',
      'value must be a finite number, got -Infinity',
      'the objective must return a number or an object of numbers, got undefined',
      "the objective must return a number or an object of numbers, got '0.5'",
      expect.stringContaining('several objectives are not supported'),
      'value is missing from what the objective returned; got loss',
    ]);
  });

  test('has no best trial where none was completed', async () => {
    const { best, leaderboard } = await tune(BOWL, { objective: () => Number.NaN });
    expect(best).toBeUndefined();
    expect(leaderboard).toMatchObject({ status: 'finished', trials: { completed: 0, failed: 30 } });
  });

  test('params cannot be changed by the objective', async () => {
    const { leaderboard } = await tune(BOWL, {
      objective: (params) => bowl(Object.assign(params, { x: 0 })),
    });
    expect(leaderboard.trials.failed).toBe(30);
  });

  test('stops at the target and by patience as a space file does', async () => {
    const target = await tune({ ...BOWL, objective: { goal: 'minimize', target: 4 } }, { objective: bowl, workers: 4 });
    expect(target.leaderboard.stopped).toBe('target');
    expect(target.best!.score).toBeLessThanOrEqual(4);
    expect(target.state.trials.at(-1)!.number).toBe(target.best!.number);
    const patience = await tune({ ...BOWL, budget: { patience: 3 } }, { objective: () => 1, workers: 4 });
    expect(patience.leaderboard).toMatchObject({ stopped: 'patience', trials: { completed: 4 } });
  });

  test('a call over its time is a timed-out trial, and is told so', async () => {
    const told: boolean[] = [];
    const spec = { ...BOWL, search: { method: 'random', trials: 3 }, budget: { trial: '40ms' } } as const;
    const { leaderboard } = await tune(spec, {
      objective: async (params, { trial, signal }) => {
        if (trial !== 1) return bowl(params);
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        told.push(signal.aborted);
        return 0;
      },
    });
    expect(told).toEqual([true]);
    expect(leaderboard.rows.at(-1)).toMatchObject({ trial: 1, state: 'timed-out', reason: 'over 40ms (budget.trial)' });
    expect(leaderboard).toMatchObject({ limits_hit: 1, trials: { completed: 2 } });
  });

  test('stops when the signal says so, without waiting for calls that hang', async () => {
    const controller = new AbortController();
    const { leaderboard } = await tune(BOWL, {
      workers: 2,
      signal: controller.signal,
      objective: async (params, { trial }) => {
        if (trial < 3) return bowl(params);
        controller.abort();
        return await new Promise<number>(() => {});
      },
    });
    expect(leaderboard).toMatchObject({ status: 'interrupted', stopped: 'interrupted' });
    expect(leaderboard.trials.completed).toBeGreaterThanOrEqual(2);
  });

  test('reports every event once it counts; what the listener throws is thrown at the end', async () => {
    const ends: number[] = [];
    const spec = { ...BOWL, search: { method: 'random', trials: 5 } } as const;
    await tune(spec, {
      objective: bowl,
      onEvent: (event, state) => {
        if (event.type === 'fold' && state.ended(event.trial) !== undefined) ends.push(event.trial!);
      },
    });
    expect(ends).toEqual([0, 1, 2, 3, 4]);
    const broken = tune(spec, {
      objective: bowl,
      onEvent: () => {
        throw new RangeError('listener');
      },
    });
    await expect(broken).rejects.toThrow(RangeError);
  });

  test('keeps a parameter that is called model on the leaderboard, word or number', async () => {
    const parameters = { model: { values: [1, 2] } };
    const { leaderboard } = await tune({ objective: { goal: 'minimize' }, parameters }, { objective: (p) => p.model });
    expect(leaderboard.rows.map(({ model, params }) => [model, params])).toEqual([
      [null, { model: 1 }],
      [null, { model: 2 }],
    ]);
    const words = { model: { values: ['a', 'b'] } };
    const result = await tune(
      { objective: { goal: 'minimize' }, parameters: words },
      { objective: (p) => p.model.length },
    );
    expect(result.leaderboard.rows.map(({ model }) => model).sort()).toEqual(['a', 'b']);
    expect(Object.keys(result.best!.params)).toEqual(['model']);
  });
});

describe('in a run folder', () => {
  test('a run goes on where it was interrupted, to the same result, and is only read when it is finished', async () => {
    const out = join(folder, 'goes-on');
    const controller = new AbortController();
    let calls = 0;
    const objective = (params: { readonly x: number; readonly y: number }) => {
      if (++calls === 12) controller.abort();
      return bowl(params);
    };
    const first = await tune(BOWL, { objective, out, signal: controller.signal });
    expect(first).toMatchObject({ folder: out, alreadyFinished: false, leaderboard: { status: 'interrupted' } });
    const second = await tune(BOWL, { objective, out });
    expect(calls).toBeLessThanOrEqual(31);
    expect(summary(second)).toEqual(summary(await tune(BOWL, { objective: bowl })));
    expect(JSON.parse(readFileSync(join(out, 'leaderboard.json'), 'utf8'))).toEqual(second.leaderboard);
    expect((await readRun(out)).state.best!.score).toBe(second.best!.score);
    const third = await tune(BOWL, { objective: () => expect.unreachable(), out });
    expect(third).toMatchObject({ alreadyFinished: true, best: { score: second.best!.score } });
  });

  test('a run of another space is refused, or set aside', async () => {
    const out = join(folder, 'another');
    await tune(BOWL, { objective: bowl, out });
    const other: StudySpec = { ...BOWL, seed: 1 };
    const refused = tune(other, { objective: judge, out });
    await expect(refused).rejects.toThrow(StorageError);
    await expect(refused).rejects.toMatchObject({ issues: [{ message: 'seed: (absent) -> 1' }] });
    const notes: string[] = [];
    const anew = await tune(other, { objective: () => 1, out, force: true, onNote: (text) => notes.push(text) });
    expect(anew.alreadyFinished).toBe(false);
    expect(notes).toEqual([`the run that was there is kept as ${out}.1`]);
  });

  test('it can be read, and not resumed without its objective', async () => {
    const out = join(folder, 'interrupted');
    const signal = AbortSignal.abort();
    await tune(BOWL, { objective: bowl, out, signal });
    await expect(resume(out)).rejects.toThrow('the objective of this run is code, which its journal does not hold');
  });
});

describe('tune without an objective', () => {
  const source = {
    name: 'iris',
    data: { file: fileURLToPath(new URL('../../search-spaces/data/iris.csv', import.meta.url)), target: 'species' },
    evaluation: { cv: { folds: 2 } },
    search: { method: 'random', trials: 2 },
    models: { knn: { use: 'knn', parameters: { n_neighbors: { min: 1, max: 9, type: 'int' } } } },
  };

  test('trains the models of a space given as an object, or read', async () => {
    const out = join(folder, 'iris');
    const events: string[] = [];
    const result = await tune(source, { out, workers: 0, onEvent: ({ type }) => events.push(type) });
    expect(result).toMatchObject({ folder: out, leaderboard: { study: 'iris', trials: { completed: 2 } } });
    expect(result.best!.score).toBe(result.leaderboard.rows.find(({ rank }) => rank === 1)!.score);
    expect(events.filter((type) => type === 'fold')).toHaveLength(6);
    const { spec } = specFromObject(source, { directory: '/', name: 'iris' });
    const again = await tune(spec, { out: join(folder, 'iris-2'), workers: 0 });
    expect(summary(again)).toEqual(summary(result));
  });

  test('neither goes on with a run of an objective, nor is its run gone on with by one', async () => {
    const [models, objective] = [join(folder, 'of-models'), join(folder, 'of-objective')];
    await tune(source, { out: models, workers: 0 });
    await tune(BOWL, { objective: bowl, out: objective });
    for (const refused of [
      tune(source, { out: objective, workers: 0 }),
      tune(BOWL, { objective: bowl, out: models }),
    ]) {
      await expect(refused).rejects.toThrow(StorageError);
      await expect(refused).rejects.toMatchObject({
        issues: expect.arrayContaining([{ path: '', message: expect.stringContaining('parameters') }]),
      });
    }
  });

  test('does not take an objective beside models', async () => {
    const { spec } = specFromObject(source, { directory: '/', name: 'iris' });
    const objective = () => 1;
    const [read, plain]: readonly object[] = [spec, source];
    await expect(tune(read as StudySpec, { objective })).rejects.toThrow(UsageError);
    await expect(tune(plain as StudySpec, { objective })).rejects.toMatchObject({
      issues: expect.arrayContaining([expect.objectContaining({ path: 'data' })]),
    });
  });
});

test.each([
  ['an objective that is no function', BOWL, { objective: 'f' }, UsageError],
  ['no workers', BOWL, { objective: bowl, workers: 0 }, UsageError],
  ['a folder without a name', BOWL, { objective: bowl, out: '' }, UsageError],
  ['half a worker', BOWL, { objective: bowl, workers: 1.5 }, UsageError],
  ['no space', undefined, { objective: bowl }, SpaceFileError],
  ['no space, no objective', undefined, {}, SpaceFileError],
  ['null', null, {}, SpaceFileError],
])('%s is refused', async (_, spec: unknown, options: object, error) => {
  await expect(tune(spec as StudySpec, options as { objective: Objective })).rejects.toThrow(error);
});

describe('pruning of an objective in code', () => {
  /** Approaches its value from below, in twenty steps. */
  const objective: Objective<{ readonly x: number }> = async ({ x }, { report, signal }) => {
    for (let step = 1; step <= 20; step++) {
      report(step, x * (1 - 0.8 ** step));
      await pause(0);
      if (signal.aborted) return 0;
    }
    return x;
  };

  test.each([
    { method: 'median', startup: 2 },
    { method: 'halving', min_steps: 2, factor: 2 },
  ] as const)('by $method gives up the same trials for any number of workers', async (pruning) => {
    const spec = {
      objective: { goal: 'maximize' },
      search: { method: 'random', trials: 24, lag: 4, pruning },
      parameters: { x: { min: 0, max: 1 } },
    } as const;
    const results = await Promise.all([1, 3, 4].map((workers) => tune(spec, { objective, workers })));
    const [one, ...others] = results.map(({ state }) =>
      state.trials.map(({ number, state: ended, score, reason }) => ({ number, ended, score, reason })),
    );
    const givenUp = one!.filter(({ ended }) => ended === 'raced-out');
    expect(givenUp.length).toBeGreaterThan(3);
    expect(one!.length - givenUp.length).toBeGreaterThan(3);
    for (const { number, reason } of givenUp) {
      // The first trials have nothing to be compared with.
      expect(number).toBeGreaterThanOrEqual(4);
      expect(reason).toMatch(/^behind at step \d+ with 0\.\d+ \(search\.pruning\)$/);
    }
    for (const other of others) expect(other).toEqual(one);
    const best = Math.max(...results[0]!.state.trials.map(({ params }) => Number(params.x)));
    expect(results[0]!.best?.params.x).toBe(best);
  });
});

test('a key that does not exist is an error of the compiler, and of the spec', async () => {
  const objective = ({ x }: { readonly x: number }) => x;
  const rest = { objective: { goal: 'minimize' }, parameters: { x: 'uniform(0, 1)' } } as const;
  // @ts-expect-error methd
  const typo = tune({ ...rest, search: { methd: 'tpe', trials: 3 } }, { objective });
  await expect(typo).rejects.toThrow(/methd/);
});
