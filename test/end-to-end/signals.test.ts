import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Leaderboard } from '../../src/leaderboard/leaderboard.js';
import { BINARY, cml, startCml, temporaryFolder } from './cml.js';
import { processesWith } from './running-processes.js';

/** What starts a child, a child of it, and one in a session of its own. */
const FAMILY = 'sleep 700 & (sleep 701; true) & setsid sleep 702 & wait';

const MODULE = `import { spawn } from 'node:child_process';

export function evaluate({ number }) {
  if (number !== undefined) return number;
  spawn('sh', ['-c', ${JSON.stringify(FAMILY)}], { stdio: 'ignore' });
  // It has to be killed. The child has begun by then: nothing starts while this loops.
  process.on('SIGTERM', () => {});
  setTimeout(() => { for (;;); }, 300);
  return new Promise(() => {});
}
`;

const SPACE = `version: 1
objective: {metric: score, goal: maximize}
search: {method: grid}
models:
  good: {module: code.js, parameters: {number: {values: [1, 2, 3]}}}
  endless: {module: code.js}
  program: {command: [sh, -c, ${JSON.stringify(FAMILY)}]}
`;

const SLEEPERS = 6;

interface Study {
  readonly folder: string;
  /** In the environment of every process of it. */
  readonly env: Readonly<Record<string, string>>;
  readonly processes: () => readonly number[];
}

const studies: Study[] = [];
afterEach(() => {
  for (const { processes } of studies.splice(0)) for (const pid of processes()) process.kill(pid, 'SIGKILL');
});

function newStudy(): Study {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'space.yaml'), SPACE);
  writeFileSync(join(folder, 'code.js'), MODULE);
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  const study = { folder, env: { OF_TEST: folder }, processes: () => processesWith(`OF_TEST=${folder}`) };
  studies.push(study);
  return study;
}

const TUNE = ['tune', 'space.yaml', '--workers', '2', '--out', 'run'];

/** Resolves when everything that its endless trials start is there. */
async function underWay({ folder, processes }: Study): Promise<void> {
  await vi.waitFor(
    () => {
      const sleepers = processes().filter((pid) => /^sleep\0/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8')));
      expect(sleepers).toHaveLength(SLEEPERS);
      expect(readFileSync(join(folder, 'run/journal.jsonl'), 'utf8').match(/"completed"/g)).toHaveLength(3);
    },
    { timeout: 20_000, interval: 50 },
  );
}

async function nothingLeft({ processes }: Study): Promise<void> {
  await vi.waitFor(() => expect(processes()).toEqual([]), { timeout: 10_000, interval: 20 });
}

async function expectSaved({ folder }: Study, status: Leaderboard['status']): Promise<void> {
  const { code, stdout } = await cml(['leaderboard', 'run', '--json'], folder);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ status, trials: { completed: 3 } });
}

const hasSetsid = spawnSync('setsid', ['true']).status === 0;

describe.runIf(existsSync('/proc/self') && hasSetsid)(
  'nothing is left of workers, commands and what they started',
  () => {
    test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('after %s, and the state is saved', async (signal) => {
      const study = newStudy();
      const { child, finished } = startCml(TUNE, study.folder, study.env);
      await underWay(study);
      // A terminal tells the whole group.
      process.kill(signal === 'SIGTERM' ? child.pid! : -child.pid!, signal);
      const { code, stderr } = await finished;
      expect([code, stderr]).toEqual([130, expect.stringContaining('cml resume')]);
      await nothingLeft(study);
      await expectSaved(study, 'interrupted');
    });

    test.each(['one process', 'the whole group'])('after kill -9 of %s', async (what) => {
      const study = newStudy();
      const { child, finished } = startCml(TUNE, study.folder, study.env);
      await underWay(study);
      process.kill(what === 'one process' ? child.pid! : -child.pid!, 'SIGKILL');
      expect(await finished).toMatchObject({ code: null, signal: 'SIGKILL' });
      await nothingLeft(study);
      await expectSaved(study, 'running');
    });

    test('after kill -9 of it and of its workers at once', async () => {
      const study = newStudy();
      const { child, finished } = startCml(TUNE, study.folder, study.env);
      await underWay(study);
      const workers = study
        .processes()
        .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('tinypool'));
      expect(workers).toHaveLength(2);
      for (const pid of [child.pid!, ...workers]) process.kill(pid, 'SIGKILL');
      await finished;
      await nothingLeft(study);
    });
  },
  60_000,
);

const SHOW_CURSOR = '\u001b[?25h';
const HIDE_CURSOR = '\u001b[?25l';

interface Terminal {
  readonly child: ChildProcess;
  /** Resolves when this was printed. */
  readonly printed: (text: string) => Promise<void>;
  readonly finished: Promise<{ readonly text: string; readonly code: number | null }>;
}

/** Runs the program in a terminal of its own, that of util-linux' script(1). */
function startInTerminal({ folder, env }: Study): Terminal {
  const command = [process.execPath, BINARY, ...TUNE].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['-qefc', `exec ${command}`, '/dev/null'], {
    cwd: folder,
    env: { ...process.env, CI: '', TERM: 'xterm', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const printed = (part: string) => vi.waitFor(() => expect(text).toContain(part), { timeout: 5000, interval: 5 });
  const finished = new Promise<{ text: string; code: number | null }>((resolve) => {
    child.on('close', (code) => resolve({ text, code }));
  });
  return { child, printed, finished };
}

/** It was hidden, and is there at the end. */
function expectCursor(text: string): void {
  expect(text).toContain(HIDE_CURSOR);
  expect(text.lastIndexOf(SHOW_CURSOR)).toBeGreaterThan(text.lastIndexOf(HIDE_CURSOR));
}

const hasScript = spawnSync('script', ['-qec', 'exit 7', '/dev/null']).status === 7;

describe.runIf(hasScript && hasSetsid)(
  'in a terminal',
  () => {
    test('Ctrl-C stops cleanly and shows the cursor again', async () => {
      const study = newStudy();
      const { child, finished } = startInTerminal(study);
      await underWay(study);
      child.stdin!.write('\u0003');
      const { text, code } = await finished;
      expect([code, text]).toEqual([130, expect.stringContaining('cml resume')]);
      expectCursor(text);
      await nothingLeft(study);
      await expectSaved(study, 'interrupted');
    });

    test('a second Ctrl-C ends at once, and shows the cursor again', async () => {
      const study = newStudy();
      const { child, finished, printed } = startInTerminal(study);
      await underWay(study);
      child.stdin!.write('\u0003');
      await printed('Stopping');
      child.stdin!.write('\u0003');
      const { text, code } = await finished;
      expect([code, text]).toEqual([130, expect.not.stringContaining('cml resume')]);
      expectCursor(text);
      await nothingLeft(study);
    });

    test('that is closed, the study stops as after Ctrl-C', async () => {
      const study = newStudy();
      const { child, finished } = startInTerminal(study);
      await underWay(study);
      child.kill('SIGKILL');
      await finished;
      await nothingLeft(study);
      await expectSaved(study, 'interrupted');
    });
  },
  60_000,
);

/** Runs a line of a shell in which $CML is the program. @returns the exit codes of its parts. */
function runPipe(line: string, folder: string): { readonly codes: string; readonly stderr: string } {
  const script = `cml() { "${process.execPath}" "${BINARY}" "$@"; }\n${line}\necho "\${PIPESTATUS[@]}" >&3`;
  const { output } = spawnSync('bash', ['-c', script], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  return { codes: String(output[3]).trim(), stderr: String(output[2]) };
}

describe.runIf(spawnSync('bash', ['-c', 'true']).status === 0)(
  'a reader that goes away',
  () => {
    const space = SPACE.split('  endless')[0]!;

    test.each([
      ['of the result', 'cml tune space.yaml --quiet --out run | true', '0 0'],
      ['of JSON', 'cml tune space.yaml --quiet --out run --json | head -c1', '0 0'],
      ['of the progress', 'cml tune space.yaml --out run 2>&1 | true', '0 0'],
      ['of a leaderboard', 'cml tune space.yaml --quiet --out run; cml leaderboard run | head -1', '0 0'],
    ])('%s is no error, and the study is finished', (_, line, codes) => {
      const { folder } = newStudy();
      writeFileSync(join(folder, 'space.yaml'), space);
      expect(runPipe(line, folder)).toEqual({ codes, stderr: '' });
      const board = JSON.parse(readFileSync(join(folder, 'run/leaderboard.json'), 'utf8')) as Leaderboard;
      expect(board).toMatchObject({ status: 'finished', trials: { completed: 3 } });
    });
  },
  60_000,
);
