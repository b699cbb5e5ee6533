import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tune } from '../../src/api/tune.js';
import { UsageError } from '../../src/errors.js';
import { addTrial } from '../../src/runs/add-trial.js';
import { resume } from '../../src/runs/tune.js';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'cml-added-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const SPEC = {
  name: 'made',
  objective: { goal: 'minimize' },
  search: { trials: 4 },
  parameters: { x: { min: 0, max: 1 }, kind: { values: ['a', 'b'] } },
} as const;

test('a configuration added to a run of an objective in code is called by the program that began it', async () => {
  const out = join(root, 'called');
  const asked: unknown[] = [];
  const objective = ({ x, kind }: { readonly x: number; readonly kind: string }) => {
    asked.push(x);
    return x + (kind === 'a' ? 0 : 1);
  };
  await tune(SPEC, { out, objective });
  expect(asked.length).toBe(4);
  // What is not given is filled in: the first of the choices.
  const added = await addTrial(out, { x: 0.25 });
  expect(added).toMatchObject({ study: 'made', trial: 4, params: { x: 0.25, kind: 'a' } });
  await expect(addTrial(out, { x: 0.25 })).rejects.toThrow('added already');

  // The command line has no function to call.
  await expect(resume(out)).rejects.toThrow('the objective of this run is code');

  const { state, leaderboard } = await tune(SPEC, { out, objective });
  expect(asked.slice(4)).toEqual([0.25]);
  expect(state.trials.at(-1)).toMatchObject({ state: 'completed', score: 0.25, params: { x: 0.25, kind: 'a' } });
  expect(leaderboard.trials).toMatchObject({ planned: 5, completed: 5 });
});

test.each([
  ['a value out of range', { x: 7 }, /^--param x: must be a number from 0 to 1, got 7/],
  ['a name that is no parameter', { y: 1 }, /^--param y: no such parameter; known: x, kind/],
  ['a configuration that had its trial', { x: 0.5, kind: 'b' }, /^trial 0 is of this configuration already/],
])('it is refused: %s', async (what, given, message) => {
  const out = join(root, what.replaceAll(' ', '-'));
  const spec = { ...SPEC, search: { trials: 1, initial: [{ x: 0.5, kind: 'b' }] } };
  await tune(spec, { out, objective: ({ x }) => Number(x) });
  const error = await addTrial(out, given).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UsageError);
  expect((error as UsageError).message).toMatch(message);
});
