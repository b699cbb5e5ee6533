import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FoldOutcome } from '../../src/trial.js';
import { runCommandTask } from '../../src/user-code/command-task.js';
import { PLAN, recordedContext, taskOf } from './task-context.js';

/** A program that runs this script with node. */
function node(script: string, ...args: readonly string[]) {
  return { kind: 'command', argv: [process.execPath, '-e', script, ...args], directory: import.meta.dirname } as const;
}

async function reasonOf(outcome: Promise<FoldOutcome>): Promise<string> {
  const given = await outcome;
  return given.state === 'completed' ? 'completed' : `${given.state}: ${given.reason}`;
}

describe('a command without data', () => {
  test('gets parameters and its place, and gives the metric as the last JSON line', async () => {
    const script = `const [x, kind] = process.argv.slice(1);
      console.log('starting'); console.log(JSON.stringify({ score: 1 }));
      console.log(JSON.stringify({ score: Number(x) * 2, kind, trial: process.env.CML_TRIAL, more: 5 }));`;
    const { context } = recordedContext();
    const outcome = await runCommandTask(node(script, '{x}', 'k={kind}'), taskOf({ x: 1.5, kind: 'a b' }), context);
    expect(outcome).toMatchObject({ state: 'completed', scores: { score: 3 } });
    expect(readFileSync(join(context.trialFolder, 'stdout.log'), 'utf8')).toContain('"kind":"k=a b","trial":"3"');
  });

  test('gives it in a file, which goes before stdout', async () => {
    const script = `const { readFileSync, writeFileSync } = require('node:fs');
      const [params, result, seed] = process.argv.slice(1);
      console.log('{"score": 0}');
      writeFileSync(result, JSON.stringify({ score: JSON.parse(readFileSync(params)).deep[1] + Number(seed) }));`;
    const { context } = recordedContext();
    const code = node(script, '{params_file}', '{result_file}', '{seed}');
    const outcome = await runCommandTask(code, taskOf({ deep: [1, 32] }), context);
    expect(outcome).toMatchObject({ state: 'completed', scores: { score: 41 } });
    expect(existsSync(join(context.trialFolder, 'params-1.json'))).toBe(false);
  });

  test('reports steps of its learning curve, those that rise', async () => {
    const script = `for (const step of [1, 2, 2, 1]) console.log(JSON.stringify({ step, value: step / 10 }));
      console.log(JSON.stringify({ step: 3, score: 0.5 })); console.log(JSON.stringify({ score: 0.7 }))`;
    const { context, reports } = recordedContext();
    expect(await runCommandTask(node(script), taskOf({}), context)).toMatchObject({ scores: { score: 0.7 } });
    expect(reports).toEqual([
      [1, 0.1],
      [2, 0.2],
      [3, 0.5],
    ]);
  });

  test.each([
    [
      'exits otherwise',
      `console.error('out of luck'); process.exit(7)`,
      /^failed: .*exited with 7; it said:\nout of luck$/,
    ],
    ['is killed', `process.kill(process.pid, 'SIGSEGV')`, /^crashed: .*was killed by SIGSEGV/],
    ['says nothing', ``, /^failed: no result: neither a file at \{result_file\} nor a line of JSON on stdout/],
    ['says no number', `console.log('{"score": "high"}')`, /^failed: score must be a finite number, got 'high'/],
    ['says NaN', `console.log('{"score": null}')`, /^failed: score must be a finite number, got null/],
    ['says another metric', `console.log('{"loss": 1}')`, /^failed: score is missing/],
    ['breaks off its JSON', `console.log('{"score": 1')`, /^failed: the last JSON line on stdout is not JSON/],
  ])('that %s has the reason as its outcome', async (_, script, expected) => {
    expect(await reasonOf(runCommandTask(node(script), taskOf({}), recordedContext().context))).toMatch(expected);
  });

  test('that does not exist', async () => {
    const code = { kind: 'command', argv: ['no-such-program'], directory: '/' } as const;
    expect(await reasonOf(runCommandTask(code, taskOf({}), recordedContext().context))).toBe(
      'failed: no-such-program cannot be started: there is no such program on the PATH (started in /)',
    );
  });

  test('only the last 20 lines are told', async () => {
    const script = `for (let i = 0; i < 30; i++) console.error('line ' + i); process.exit(1)`;
    const reason = await reasonOf(runCommandTask(node(script), taskOf({}), recordedContext().context));
    expect(reason.split('\n').slice(1)).toEqual(Array.from({ length: 20 }, (_, i) => `line ${i + 10}`));
  });

  test('ends with everything that it started', async () => {
    const script = `const { spawn } = require('node:child_process');
      const child = spawn('sleep', ['100'], { stdio: 'inherit' });
      console.log(JSON.stringify({ score: child.pid }));
      child.unref(); process.exit(0)`;
    const { context, groups } = recordedContext();
    const outcome = await runCommandTask(node(script), taskOf({}), context);
    expect(outcome).toMatchObject({ state: 'completed' });
    const left = outcome.state === 'completed' ? outcome.scores.score! : 0;
    await expect.poll(() => alive(left)).toBe(false);
    expect(groups).toHaveLength(1);
  });

  test('that ignores SIGTERM is killed when it is no longer wanted', async () => {
    const script = `process.on('SIGTERM', () => {}); console.log('{"step": 0, "value": 1}'); for (;;);`;
    const { context, controller, reports, groups } = recordedContext();
    const outcome = runCommandTask(node(script), taskOf({}), context);
    await expect.poll(() => reports.length, { timeout: 5000 }).toBe(1);
    controller.abort();
    expect(await reasonOf(outcome)).toMatch(/^crashed: .*killed by SIGKILL/);
    expect(alive(groups[0]!)).toBe(false);
  });
});

describe('a command with data', () => {
  const { context: data } = recordedContext({ plan: PLAN, metrics: ['accuracy', 'log_loss'] });

  test('gets the tables of its fold, and gives predictions that are scored here', async () => {
    const script = `const { readFileSync } = require('node:fs');
      const [train, test] = process.argv.slice(1).map((file) => readFileSync(file, 'utf8'));
      console.error(train + '---\\n' + test);
      console.log(JSON.stringify({ predictions: ['no', 'yes', 'no', 'no'], probabilities: [0.1, 0.9, 0.2, [0.4, 0.6]] }))`;
    const outcome = await runCommandTask(node(script, '{train_file}', '{test_file}'), taskOf({}), data);
    // log loss: the mean of -log of .9, .9, .8 and .6.
    expect(outcome).toMatchObject({
      state: 'completed',
      scores: { accuracy: 0.75, log_loss: expect.closeTo(0.2362, 4) },
    });
    expect(readFileSync(join(data.trialFolder, 'stderr.log'), 'utf8')).toBe(`age,member,city,label
1,false,"a, b",no
2,true,"say ""no""",no
7,false,zoo,yes
8,true,,yes
---
age,member,city
3,false,"a, b"
6,true,"say ""no"""
2.5,,zoo
,true,"a, b"

`);
  });

  test.each([
    ['too few', `{"predictions": ["no"]}`, 'failed: predictions must have 4 elements, got 1'],
    [
      'unknown labels',
      `{"predictions": ["no", "no", "no", "maybe"]}`,
      /"maybe" for test row 4 is no class; classes are no, yes/,
    ],
    ['no list', `{"predictions": 1}`, 'failed: predictions must be a list, got 1'],
    ['no probabilities', `{"predictions": ["no", "no", "no", "no"]}`, /the model gives no probabilities/],
    [
      'probabilities that are none',
      `{"predictions": ["no", "no", "no", "no"], "probabilities": [2, 0, 0, 0]}`,
      /predictProba gave -1 for test row 1/,
    ],
  ])('predictions: %s', async (_, line, expected) => {
    const outcome = runCommandTask(node(`console.log(${JSON.stringify(line)})`), taskOf({}), {
      ...recordedContext().context,
      plan: PLAN,
      metrics: ['accuracy', 'log_loss'],
    });
    expect((await reasonOf(outcome)).split('; it said')[0]).toMatch(expected);
  });
});

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
