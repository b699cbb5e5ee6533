import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { ProcessPoolExecutor, type ProcessPoolOptions } from '../../src/executors/process-pool.js';
import type { FoldTask } from '../../src/validation/fold-task.js';
import type { WorkPlan } from '../../src/validation/work-plan.js';
import { descendantsOf } from '../../src/worker/process-tree.js';
import { type CompiledFolder, compile } from './compile-worker.js';
import { allGone, isAlive, living } from './living-processes.js';

const WORKER = 'test/executors/fixtures/misbehaving-worker.ts';
const PARENT = 'test/executors/fixtures/doomed-parent.ts';
const MIB = 2 ** 20;
const WORK: WorkPlan = { hash: '', metrics: ['value'], goal: 'maximize', code: {} };

let compiled: CompiledFolder;
let folder: string;
let open: ProcessPoolExecutor[] = [];
beforeAll(async () => {
  compiled = await compile([WORKER, PARENT]);
  folder = mkdtempSync(join(tmpdir(), 'cml-processes-'));
});
afterEach(async () => {
  await Promise.all(open.map((executor) => executor.close()));
  open = [];
});
afterAll(() => {
  compiled.remove();
  rmSync(folder, { recursive: true });
});

function create(workers: number, options: Partial<ProcessPoolOptions> = {}): ProcessPoolExecutor {
  const executor = new ProcessPoolExecutor({
    work: WORK,
    workers,
    runFolder: folder,
    workerFile: compiled.file(WORKER),
    ...options,
  });
  open.push(executor);
  return executor;
}

function taskOf(does: string, params: object = {}): FoldTask {
  return {
    trial: 0,
    fold: 0,
    model: 'module',
    trainer: 'module',
    params: { does, ...params },
    preprocessing: { impute: 'none', encode: 'onehot', scale: 'none' },
    seed: 1,
  };
}

const completed = { state: 'completed', scores: { value: 1 } };

/** One for all tests of a group, where none of them counts processes. */
function createLater(): { readonly executor: ProcessPoolExecutor } {
  let executor: ProcessPoolExecutor | undefined;
  afterAll(() => executor?.close());
  return {
    get executor() {
      executor ??= new ProcessPoolExecutor({
        work: WORK,
        workers: 1,
        runFolder: folder,
        workerFile: compiled.file(WORKER),
      });
      return executor;
    },
  };
}

/** Runs a task until it has begun. */
async function begin(executor: ProcessPoolExecutor, does: string, params: object = {}) {
  const controller = new AbortController();
  let onStart = () => {};
  const started = new Promise<void>((resolve) => {
    onStart = resolve;
  });
  const outcome = executor.run(taskOf(does, params), { signal: controller.signal, onStart });
  await started;
  return { outcome, abort: () => controller.abort() };
}

const workers = () => living('tinypool');

describe('a task that is given up', () => {
  test.each(['loop', 'hang', 'hang-with-signal', 'ignore-everything', 'spawn-group', 'spawn-child'])(
    '%s: leaves nothing behind, and its place is free',
    async (does) => {
      const executor = create(1);
      const { outcome, abort } = await begin(executor, does);
      // What it starts itself takes a moment.
      if (does.startsWith('spawn')) await vi.waitFor(() => expect(living('sleep 600')).toHaveLength(1), 5000);
      const processes = [...workers(), ...living('sleep 600')];
      expect(processes.length).toBeGreaterThan(0);
      abort();
      expect(await outcome).toBeUndefined();
      await allGone(processes);
      expect(await executor.run(taskOf('nothing'))).toMatchObject(completed);
    },
  );

  test('takes others that wait in the same place with it no further than to another worker', async () => {
    const executor = create(1);
    const { outcome, abort } = await begin(executor, 'loop');
    const others = [1, 2, 3].map(() => executor.run(taskOf('nothing')));
    abort();
    expect(await outcome).toBeUndefined();
    for (const other of await Promise.all(others)) expect(other).toMatchObject(completed);
  });
});

describe('a task that ends its worker', () => {
  const shared = createLater();

  test.each([
    ['exit', 'exited with 7'],
    ['exit-zero', 'exited with 0'],
    ['exit-after-a-while', 'exited with 7; its last lines:\nTraceback: something is missing'],
    ['segfault', 'killed by SIGSEGV'],
    ['abort', 'killed by SIGABRT'],
    ['reject-unhandled', 'exited with 1: unhandled rejection: forgotten'],
    ['disconnect', 'exited with 0'],
    ['kill-itself', 'killed by SIGKILL, 3 times'],
    ['spawn-group-and-crash', 'exited with 9'],
  ])('%s: is crashed and says how, and the next one is not', async (does, reason) => {
    const outcome = await shared.executor.run(taskOf(does));
    expect(outcome).toEqual({ state: 'crashed', reason: expect.stringContaining(reason) });
    expect(living('sleep 600')).toEqual([]);
  });

  test.each([
    ['throw', 'no such kernel'],
    ['throw-nothing', 'threw undefined (throw an Error with a message)'],
  ])('as opposed to one that throws: %s', async (does, reason) => {
    expect(await shared.executor.run(taskOf(does))).toEqual({ state: 'failed', reason });
  });

  test.each([
    ['abort', 'crashed'],
    ['kill', 'crashed'],
    ['stop', undefined],
  ])('%s: what it started in a session of its own is not left, however deep', async (end, state) => {
    const file = join(folder, `daemon-${end}`);
    const controller = new AbortController();
    const outcome = shared.executor.run(taskOf('spawn-daemon', { file, end }), { signal: controller.signal });
    if (end === 'stop') {
      await vi.waitFor(() => expect(readFileSync(file, 'utf8')).toMatch(/\d\n/), 10_000);
      controller.abort();
    }
    expect((await outcome)?.state).toBe(state);
    await allGone(readFileSync(file, 'utf8').trim().split('\n').map(Number));
  });

  test('with nothing to say is not blamed for what an earlier one said', async () => {
    expect(await shared.executor.run(taskOf('say-and-exit', { says: 'all is well' }))).toMatchObject(completed);
    expect(await shared.executor.run(taskOf('say-and-exit'))).toEqual({ state: 'crashed', reason: 'exited with 7' });
  });

  test('late, while another runs: that one is run again', async () => {
    const { executor } = shared;
    expect(await executor.run(taskOf('throw-later'))).toMatchObject(completed);
    const waits = ['sleep-briefly', 'sleep-briefly', 'sleep-briefly', 'sleep-briefly'];
    const outcomes = [];
    for (const does of waits) outcomes.push(await executor.run(taskOf(does)));
    for (const outcome of outcomes) expect(outcome).toMatchObject(completed);
  });

  test('among fifty others costs none of them anything', async () => {
    const executor = create(2);
    const crashes = new Map([
      [7, 'exit'],
      [19, 'segfault'],
      [20, 'reject-unhandled'],
      [33, 'exit'],
      [41, 'abort'],
    ]);
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, index) => executor.run(taskOf(crashes.get(index) ?? 'nothing'))),
    );
    for (const [index, outcome] of outcomes.entries()) {
      expect([index, outcome?.state]).toEqual([index, crashes.has(index) ? 'crashed' : 'completed']);
    }
  });
});

describe('a worker that is killed from outside', () => {
  test.each(['SIGKILL', 'SIGTERM'] as const)('by %s: its task is run again, and all of it told', async (signal) => {
    const file = join(folder, `once-${signal}`);
    const executor = create(1);
    const told: string[] = [];
    const outcome = executor.run(taskOf('loop-once', { file }), {
      onStart: () => told.push('start'),
      onLost: () => told.push('lost'),
    });
    await vi.waitFor(() => expect(existsSync(file)).toBe(true), 10_000);
    for (const pid of workers()) process.kill(pid, signal);
    expect(await outcome).toMatchObject({ state: 'completed', scores: { value: 2 } });
    expect(told).toEqual(['start', 'lost', 'start']);
  });

  test('while idle is replaced', async () => {
    const executor = create(1);
    const first = await executor.run(taskOf('pid'));
    for (const pid of workers()) process.kill(pid, 'SIGKILL');
    const second = await executor.run(taskOf('pid'));
    expect(second).toMatchObject({ state: 'completed' });
    expect(second).not.toMatchObject({ scores: (first as { scores: object }).scores });
  });

  test('is not what signals of the terminal do', async () => {
    const executor = create(1);
    const { outcome, abort } = await begin(executor, 'hang');
    for (const signal of ['SIGINT', 'SIGHUP'] as const) for (const pid of workers()) process.kill(pid, signal);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(workers()).toHaveLength(1);
    abort();
    expect(await outcome).toBeUndefined();
  });
});

describe('memory', () => {
  const memoryLimitBytes = 250 * MIB;
  const overLimit = expect.stringMatching(/^\d+(\.\d)? MiB resident, over 250MiB \(budget\.memory\)$/);

  test.each(['fill-memory', 'spawn-greedy-group'])('%s: is out of memory, and the others are not', async (does) => {
    const executor = create(1, { memoryLimitBytes });
    const tasks = ['nothing', does, 'nothing'].map((name) => executor.run(taskOf(name)));
    const [before, greedy, after] = await Promise.all(tasks);
    expect(before).toMatchObject(completed);
    expect(greedy).toEqual({ state: 'out-of-memory', reason: overLimit });
    expect(after).toMatchObject(completed);
  });

  test('a full heap is no crash', async () => {
    const executor = create(1, { memoryLimitBytes: 100 * MIB });
    const outcome = await executor.run(taskOf('fill-heap'));
    // Which of the two limits is met first is a matter of when memory is looked at.
    expect(outcome).toEqual({
      state: 'out-of-memory',
      reason: expect.stringMatching(/over 100MiB|heap reached 100MiB/),
    });
    expect(await executor.run(taskOf('nothing'))).toMatchObject(completed);
  });

  test('a full heap is no crash, also without a limit of ours', async () => {
    vi.stubEnv('NODE_OPTIONS', '--max-old-space-size=64');
    const outcome = await create(1).run(taskOf('fill-heap'));
    vi.unstubAllEnvs();
    expect(outcome).toEqual({ state: 'out-of-memory', reason: 'the JavaScript heap reached its limit' });
  });

  test('what earlier tasks have left behind is not the fault of the next', async () => {
    const executor = create(1, { memoryLimitBytes });
    for (let i = 0; i < 3; i++) {
      expect(await executor.run(taskOf('leak', { bytes: 100 * MIB }))).toMatchObject(completed);
    }
  });

  test('a limit that no worker can keep is an error of the space file', async () => {
    const executor = create(1, { memoryLimitBytes: 5 * MIB });
    await expect(executor.run(taskOf('hang'))).rejects.toThrow(/budget\.memory/);
  });
});

describe('a worker', () => {
  const shared = createLater();

  test('that cannot start is an error with its reason, not a hang', async () => {
    const executor = create(2, { workerFile: '/nowhere/worker.js' });
    await expect(executor.run(taskOf('nothing'))).rejects.toThrow(/cannot start[\s\S]*\/nowhere\/worker\.js/);
    await expect(executor.run(taskOf('nothing'))).rejects.toThrow(/cannot start/);
  });

  test('has our environment and one thread for each library', async () => {
    vi.stubEnv('OPENBLAS_NUM_THREADS', '3');
    vi.stubEnv('OF_THE_USER', 'yes');
    const executor = create(1);
    for (const [name, value] of [
      ['OMP_NUM_THREADS', '1'],
      ['OPENBLAS_NUM_THREADS', '3'],
      ['OF_THE_USER', 'yes'],
    ]) {
      expect(await executor.run(taskOf('environment', { name }))).toEqual({ state: 'failed', reason: value });
    }
    vi.unstubAllEnvs();
  });

  test('prints nothing into our output, and reads nothing from our input', async () => {
    const written: unknown[] = [];
    const out = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => written.push(chunk) > 0);
    const error = vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => written.push(chunk) > 0);
    try {
      const executor = create(1);
      expect(await executor.run(taskOf('print'))).toMatchObject(completed);
      expect(await executor.run(taskOf('read-input'))).toMatchObject(completed);
      await executor.close();
    } finally {
      out.mockRestore();
      error.mockRestore();
    }
    expect(written).toEqual([]);
  });

  test('is not misled by what users send over its channel', async () => {
    expect(await shared.executor.run(taskOf('send-noise'))).toMatchObject(completed);
    expect(await shared.executor.run(taskOf('nothing'))).toMatchObject(completed);
  });

  test('hands over what its task reports', async () => {
    const points: unknown[] = [];
    await create(1).run(taskOf('report'), { onReport: (step, value) => points.push([step, value]) });
    expect(points).toEqual([
      [0, 0.5],
      [1, 0.75],
    ]);
  });
});

describe('nothing is left', () => {
  test('after closing', async () => {
    const executor = create(3);
    const running = ['loop', 'spawn-group', 'ignore-everything'].map((does) => begin(executor, does));
    const outcomes = (await Promise.all(running)).map(({ outcome }) => outcome);
    await vi.waitFor(() => expect(living('sleep 600')).toHaveLength(1), 5000);
    const waiting = executor.run(taskOf('nothing'));
    const processes = [...workers(), ...living('sleep 600'), ...living('/bin/sh')];
    expect(processes).toHaveLength(5);
    await executor.close();
    for (const outcome of [...outcomes, waiting]) expect(await outcome).toBeUndefined();
    expect(processes.filter(isAlive)).toEqual([]);
    expect(await executor.run(taskOf('nothing'))).toBeUndefined();
  });

  test.each(['SIGKILL', 'SIGHUP'] as const)('when the parent dies of %s', async (signal) => {
    const does = ['loop', 'spawn-group', 'spawn-child', 'ignore-everything'];
    const parent = spawn(process.execPath, [compiled.file(PARENT), compiled.file(WORKER), ...does], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(parent.stdout, 'data');
    const processes = descendantsOf(parent.pid!);
    // Four workers, two sleepers and the watchdog.
    expect(processes).toHaveLength(7);
    parent.kill(signal);
    await allGone([parent.pid!, ...processes]);
  });
});
