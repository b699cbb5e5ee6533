import { spawn } from 'node:child_process';
import { afterEach, expect, test, vi } from 'vitest';
import { Watchdog } from '../../src/executors/watchdog.js';
import { allGone, isAlive, living } from './living-processes.js';

const started: number[] = [];
afterEach(() => {
  for (const pid of started.splice(0)) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
});

function sleeper(detached = false): number {
  const { pid } = spawn('sleep', ['601'], { detached, stdio: 'ignore' });
  started.push(pid!);
  return pid!;
}

function onlyOne(pids: readonly number[]): readonly [number] {
  const [pid, ...others] = pids;
  if (pid === undefined || others.length > 0) throw new Error(`${pids.length} processes`);
  return [pid];
}

test('kills what is registered at the end, and nothing else', async () => {
  const watchdog = new Watchdog();
  const [kept, one, two, group, other] = [sleeper(), sleeper(), sleeper(), sleeper(true), sleeper(true)] as const;
  for (const id of [one, kept, two, -group, -other, 12345678]) watchdog.add(id);
  for (const id of [kept, -other]) watchdog.remove(id);
  await watchdog.close();
  await allGone([one, two, group]);
  expect([kept, other].filter(isAlive)).toEqual([kept, other]);
});

test.runIf(process.platform === 'linux')('kills what bears a registered mark, wherever it is', async () => {
  const watchdog = new Watchdog();
  const marked = (mark: string) => {
    const { pid } = spawn('sleep', ['601'], { detached: true, stdio: 'ignore', env: { ...process.env, MARK: mark } });
    started.push(pid!);
    return pid!;
  };
  const [one, other, plain] = [marked('@outer @one'), marked('@other'), sleeper()];
  watchdog.add('@one');
  watchdog.add('@other');
  watchdog.remove('@other');
  await watchdog.close();
  await allGone([one]);
  expect([other, plain].filter(isAlive)).toEqual([other, plain]);
});

test('is started again when it is killed, and knows what it knew', async () => {
  const before = living('/bin/sh');
  const watchdog = new Watchdog();
  const pid = sleeper();
  watchdog.add(pid);
  const shells = () => living('/bin/sh').filter((shell) => !before.includes(shell));
  const [first] = await vi.waitFor(() => onlyOne(shells()), 5000);
  process.kill(first, 'SIGKILL');
  await vi.waitFor(() => expect(onlyOne(shells())).not.toEqual([first]), 5000);
  await watchdog.close();
  await allGone([pid]);
});

test('does not mind signals of the terminal', async () => {
  const before = living('/bin/sh');
  const watchdog = new Watchdog();
  const shells = () => living('/bin/sh').filter((shell) => !before.includes(shell));
  const [shell] = await vi.waitFor(() => onlyOne(shells()), 5000);
  const pid = sleeper();
  watchdog.add(pid);
  await new Promise((resolve) => setTimeout(resolve, 100));
  for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) process.kill(shell, signal);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(shells()).toEqual([shell]);
  await watchdog.close();
  await allGone([pid]);
});
