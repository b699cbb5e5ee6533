import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { overMemoryReason } from '../../src/executors/memory-watch.js';
import { OutputTail } from '../../src/executors/output-tail.js';
import { residentBytes } from '../../src/executors/resident-memory.js';
import { workerEnvironment, workerFlags } from '../../src/executors/worker-environment.js';
import { describeExit, killedFromOutside } from '../../src/executors/worker-exit.js';
import { withMark } from '../../src/executors/worker-mark.js';
import { formatBytes } from '../../src/format-bytes.js';

const exit = { code: null, signal: null, lastLines: '', heapFull: false };

test.each([
  [{ ...exit, code: 7 }, 'exited with 7'],
  [{ ...exit, signal: 'SIGSEGV' as const }, 'killed by SIGSEGV'],
  [{ ...exit, code: 1, lastLines: 'a\nb' }, 'exited with 1; its last lines:\na\nb'],
  [{ ...exit, code: 1, lastLines: 'a', ownReason: 'uncaught error: x' }, 'exited with 1: uncaught error: x'],
  [{ ...exit, startError: 'spawn EAGAIN' }, 'spawn EAGAIN'],
])('%j reads %s', (given, expected) => {
  expect(describeExit(given)).toBe(expected);
});

test('only signals that others send count as killed from outside', () => {
  const of = (signal: NodeJS.Signals) => killedFromOutside({ ...exit, signal });
  expect((['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP'] as const).map(of)).toEqual([true, true, true, true]);
  expect((['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGILL'] as const).map(of)).toEqual(new Array(5).fill(false));
  expect(killedFromOutside({ ...exit, signal: 'SIGKILL', overMemoryBytes: 1 })).toBe(false);
  expect(killedFromOutside({ ...exit, code: 137 })).toBe(false);
});

test.each([
  [1.1 * 2 ** 30, '1.1 GiB'],
  [2 ** 30, '1 GiB'],
  [300 * 2 ** 20, '300 MiB'],
  [512, '512 B'],
  [1536, '1.5 KiB'],
  [5000 * 2 ** 40, '5000 TiB'],
])('%d bytes are %s', (bytes, expected) => {
  expect(formatBytes(bytes)).toBe(expected);
});

test('what was too much, and for what limit', () => {
  expect(overMemoryReason(1.1 * 2 ** 30, 2 ** 30)).toBe('1.1 GiB resident, over 1GiB (budget.memory)');
});

test('of what is printed the last lines are kept', () => {
  const tail = new OutputTail();
  for (let line = 0; line < 1000; line++) tail.write(Buffer.from(`line ${line}\n`));
  expect(tail.lastLines.split('\n')).toEqual(Array.from({ length: 20 }, (_, i) => `line ${980 + i}`));
  tail.write(Buffer.alloc(10_000_000, 'x'));
  expect(tail.lastLines).toBe('x'.repeat(2000));
});

test('a letter cut in two is one letter', () => {
  const tail = new OutputTail();
  const bytes = Buffer.from('né');
  tail.write(bytes.subarray(0, 2));
  tail.write(bytes.subarray(2));
  expect(tail.lastLines).toBe('né');
});

test('one thread for each library, unless the user says otherwise', () => {
  const env = workerEnvironment({ PATH: '/bin', MKL_NUM_THREADS: '4', NOTHING: undefined });
  expect(env).toEqual({
    OMP_NUM_THREADS: '1',
    OPENBLAS_NUM_THREADS: '1',
    MKL_NUM_THREADS: '4',
    NUMEXPR_NUM_THREADS: '1',
    VECLIB_MAXIMUM_THREADS: '1',
    RAYON_NUM_THREADS: '1',
    PATH: '/bin',
  });
});

test('a worker within a worker bears the marks of both', () => {
  const outer = withMark({ PATH: '/bin' }, '@outer');
  const inner = Object.values(withMark(outer, '@inner'));
  expect(inner).toEqual(['/bin', expect.stringMatching(/@outer.*@inner/)]);
  expect(Object.values(outer).join()).not.toContain('@inner');
});

test('the heap may take what memory there is', () => {
  expect(workerFlags(2 ** 30, { NODE_OPTIONS: '--max-old-space-size=100' })).toEqual(['--max-old-space-size=1024']);
  expect(workerFlags(2 ** 20)).toEqual(['--max-old-space-size=64']);
  expect(workerFlags(undefined, {})[0]).toMatch(/^--max-old-space-size=\d+$/);
  expect(workerFlags(undefined, { NODE_OPTIONS: '--max_old_space_size=100' })).toEqual([]);
});

test('resident memory is that of the process and of its groups', async () => {
  const program = 'const k = Buffer.alloc(100 * 2 ** 20, 1); console.log(1); setInterval(() => k, 1000)';
  const child = spawn(process.execPath, ['-e', program], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    await once(child.stdout, 'data');
    const pid = child.pid!;
    const own = { pid: process.pid, groups: new Set<number>() };
    const [asWorker, asGroup, alone, gone] = await residentBytes([
      { pid, groups: new Set() },
      { pid: process.pid, groups: new Set([pid]) },
      own,
      { pid: 2 ** 30, groups: new Set() },
    ]);
    expect(asWorker).toBeGreaterThan(100 * 2 ** 20);
    expect(asWorker).toBeLessThan(400 * 2 ** 20);
    expect(asGroup! - alone!).toBeGreaterThan(0.9 * asWorker!);
    expect(gone).toBe(0);
  } finally {
    child.kill('SIGKILL');
  }
});
