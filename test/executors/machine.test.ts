import { availableParallelism } from 'node:os';
import { describe, expect, test } from 'vitest';
import { measureMachine } from '../../src/executors/machine.js';

/** Reads from these files; any other does not exist. */
const reader = (files: Readonly<Record<string, string>>) => (file: string) => {
  const text = files[file];
  if (text === undefined) throw new Error('ENOENT');
  return text;
};

describe('the cores of a machine', () => {
  test.each([
    ['without control groups', {}, availableParallelism()],
    ['without a quota', { '/sys/fs/cgroup/cpu.max': 'max 100000\n' }, availableParallelism()],
    ['with half a core', { '/sys/fs/cgroup/cpu.max': '50000 100000\n' }, 1],
    ['with a little more than one', { '/sys/fs/cgroup/cpu.max': '120000 100000\n' }, 1],
    [
      'by the older control groups',
      { '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '100000\n', '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n' },
      1,
    ],
    ['by those without a quota', { '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1\n' }, availableParallelism()],
    ['with more than there are', { '/sys/fs/cgroup/cpu.max': '99900000 100000\n' }, availableParallelism()],
  ])('%s', (_, files, cores) => {
    expect(measureMachine(reader(files)).cores).toBe(cores);
  });

  test('memory is what may still be taken', () => {
    expect(measureMachine().freeBytes).toBeGreaterThan(0);
  });
});
