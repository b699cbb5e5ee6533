import { type ChildProcess, spawn } from 'node:child_process';
// The global one is within reach of the modules that this process has run.
import { setTimeout } from 'node:timers';
import type { OutputLog } from './output-log.js';

export interface CommandOptions {
  readonly argv: readonly string[];
  readonly directory: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: OutputLog;
  readonly stderr: OutputLog;
  /** Aborting it ends the whole process group. */
  readonly signal: AbortSignal;
  /** Told the process group (its leader's pid) as soon as it exists. @returns what is called when it is gone. */
  onGroup(leader: number): () => void;
  /** Told every line of stdout that may be JSON. */
  onLine(line: string): void;
}

/** How a command ended. */
export type CommandEnd =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'not-started'; readonly reason: string };

/** From SIGTERM to SIGKILL. */
const GRACE_MS = 400;
/** How long streams may stay open after the command has exited: until then a process that it left holds them. */
const LINGER_MS = 200;
const LONGEST_LINE_CHARACTERS = 2 ** 20;

/** Runs a program without a shell, in a process group of its own, of which nothing is left when this resolves. */
export async function runCommand(options: CommandOptions): Promise<CommandEnd> {
  const [program = '', ...args] = options.argv;
  const child = spawn(program, args, {
    cwd: options.directory,
    env: options.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const end = endOf(child, program, options.directory);
  if (child.pid === undefined) return await end;
  const leader = child.pid;
  const groupEnded = options.onGroup(leader);
  const lines = new LineReader(options.onLine);
  child.stdout.on('data', (chunk: Buffer) => {
    options.stdout.write(chunk);
    lines.read(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => options.stderr.write(chunk));
  let killing: NodeJS.Timeout | undefined;
  const stop = () => {
    killGroup(leader, 'SIGTERM');
    killing = setTimeout(() => killGroup(leader, 'SIGKILL'), GRACE_MS);
  };
  options.signal.addEventListener('abort', stop, { once: true });
  if (options.signal.aborted) stop();
  try {
    const ended = await end;
    await closed(child);
    lines.end();
    return ended;
  } finally {
    options.signal.removeEventListener('abort', stop);
    clearTimeout(killing);
    killGroup(leader, 'SIGKILL');
    groupEnded();
  }
}

function endOf(child: ChildProcess, program: string, directory: string): Promise<CommandEnd> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      resolve(code === null ? { kind: 'killed', signal: String(signal) } : { kind: 'exited', code });
    });
    child.once('error', (error: NodeJS.ErrnoException) => {
      resolve({ kind: 'not-started', reason: `${program} cannot be started: ${startProblem(error, directory)}` });
    });
  });
}

function startProblem(error: NodeJS.ErrnoException, directory: string): string {
  if (error.code === 'ENOENT') return `there is no such program on the PATH (started in ${directory})`;
  if (error.code === 'EACCES') return 'it may not be executed; check its permissions';
  if (error.code === 'E2BIG') return 'its arguments are too long; use {params_file}';
  return error.message;
}

function closed(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    const open = [child.stdout!, child.stderr!].filter((stream) => !stream.closed);
    let left = open.length;
    if (left === 0) return resolve();
    const timer = setTimeout(() => {
      for (const stream of open) stream.destroy();
      resolve();
    }, LINGER_MS);
    for (const stream of open) {
      stream.once('close', () => {
        if (--left > 0) return;
        clearTimeout(timer);
        resolve();
      });
    }
  });
}

/** Ends every process of a group; there may be none left. */
export function killGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}

/** Hands over the lines that begin with a brace. */
class LineReader {
  private rest = '';
  /** What comes is still of a line that is too long to be one. */
  private skipping = false;
  private readonly decoder = new TextDecoder();
  private readonly onLine: (line: string) => void;

  constructor(onLine: (line: string) => void) {
    this.onLine = onLine;
  }

  read(chunk: Uint8Array): void {
    const lines = this.decoder.decode(chunk, { stream: true }).split('\n');
    const last = lines.pop()!;
    for (const line of lines) {
      this.add(line);
      this.end();
    }
    this.add(last);
  }

  /** Of a line. */
  end(): void {
    if (!this.skipping) this.give(this.rest);
    this.rest = '';
    this.skipping = false;
  }

  private add(text: string): void {
    if (this.skipping) return;
    this.rest += text;
    if (this.rest.length < LONGEST_LINE_CHARACTERS) return;
    this.skipping = true;
    this.rest = '';
  }

  private give(line: string): void {
    const text = line.trim();
    if (text.startsWith('{')) this.onLine(text);
  }
}
