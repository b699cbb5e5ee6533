import { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import Tinypool from 'tinypool';
import {
  type RunAnswer,
  readNotice,
  type SetUpResult,
  type WorkerNotice,
  type WorkerRequest,
} from '../worker/process-messages.js';
import { descendantsOf, sendSignal } from '../worker/process-tree.js';
import { OutputTail } from './output-tail.js';
import type { Watchdog, WatchedId } from './watchdog.js';
import type { WorkerExit } from './worker-exit.js';
import { killMarked, type WorkerMark, withMark } from './worker-mark.js';

/** From SIGTERM to SIGKILL. */
const GRACE_MS = 400;
/** How long after its exit a worker's pipes may stay open: what it started may hold them. */
const LINGER_MS = 100;
/** Idle workers stay: the longest time that a timer takes. */
const FOREVER_MS = 2 ** 31 - 1;
/** Node's last words when the heap is full (`FATAL ERROR: … JavaScript heap out of memory`), after which it aborts. */
const HEAP_FULL = /FATAL ERROR: .*out of memory|Fatal (process|JavaScript) out of memory/;

/** The worker has ended, and with it what was asked of it. */
export class WorkerEnded extends Error {
  readonly exit: WorkerExit;

  constructor(exit: WorkerExit) {
    super('the worker process has ended');
    this.exit = exit;
  }
}

export interface WorkerProcessOptions {
  /** The compiled entry. */
  readonly file: string;
  readonly env: Record<string, string>;
  /** Of Node. */
  readonly flags: string[];
  readonly watchdog: Watchdog;
  readonly onNotice: (notice: WorkerNotice) => void;
  /** Its process has ended; notices that it sent before may still come. */
  readonly onExit: () => void;
}

/**
 * One worker process from its start to its end: a pool of tinypool's that holds just this one and is never filled again,
 * so that we know what runs where and how it ended. One request at a time.
 */
export class WorkerProcess {
  /** Undefined when the process could not even be started. */
  readonly pid: number | undefined;
  /** Process groups that its tasks started and that may still be there. */
  readonly groups = new Set<number>();
  /** When it is over and nothing of it is left. */
  readonly exited: Promise<WorkerExit>;
  /** Whether it ends because we want it to. */
  ending = false;
  private terminating = false;
  private readonly options: WorkerProcessOptions;
  private readonly pool: Tinypool;
  private readonly process: ChildProcess;
  private readonly output = { stdout: new OutputTail(), stderr: new OutputTail() };
  private readonly mark: WorkerMark = `@${randomUUID()}`;
  private readonly notified: { -readonly [K in keyof WorkerExit]?: WorkerExit[K] } = {};
  private children: readonly number[] = [];
  private over = false;
  private abandon: ((exit: WorkerExit) => void) | undefined;
  private readonly channel = { postMessage: (message: unknown) => this.take(message) };
  private readonly setUp: Promise<SetUpResult>;

  /** Starts it with its set-up. @throws when the system refuses another process. */
  constructor(setUp: Extract<WorkerRequest, { kind: 'set-up' }>, options: WorkerProcessOptions) {
    this.options = options;
    this.pool = new Tinypool({
      filename: options.file,
      runtime: 'child_process',
      serialization: 'advanced',
      env: withMark(options.env, this.mark),
      execArgv: options.flags,
      // None is kept ready, so that none takes the place of the one that ended.
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: FOREVER_MS,
    });
    // Its end reaches us through the process itself.
    this.pool.on('error', () => {});
    const answer = this.pool.run(setUp, { channel: this.channel });
    this.process = processOf(this.pool);
    this.pid = this.process.pid;
    this.takeOutput();
    for (const id of this.watchedIds) options.watchdog.add(id);
    this.exited = this.waitForExit();
    void this.exited.then((exit) => this.abandon?.(exit));
    this.setUp = this.answerOf(answer);
    // Nobody may be waiting for it when it fails.
    this.setUp.catch(() => {});
  }

  /** Answer to the set-up. @throws WorkerEnded */
  ready(): Promise<SetUpResult> {
    return this.setUp;
  }

  /** @throws WorkerEnded; anything else is a bug. */
  run(request: Extract<WorkerRequest, { kind: 'run' }>): Promise<RunAnswer> {
    // What earlier tasks said last is no reason why this one ends.
    for (const tail of Object.values(this.output)) tail.clear();
    return this.answerOf(this.pool.run(request, { channel: this.channel }));
  }

  private answerOf<T>(answer: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.abandon = (exit) => reject(new WorkerEnded(exit));
      if (this.over) void this.exited.then(this.abandon);
      answer.then(resolve, (error: unknown) => {
        // Errors of the other side come as plain objects; a true one says that the worker or the way to it is broken.
        if (error instanceof Error) this.terminate();
        else reject(errorOf(error));
      });
    });
  }

  /** Asks it and everything that it started to end, and kills what does not; well within a second. */
  async end(): Promise<WorkerExit> {
    if (this.alive) this.ending = true;
    this.terminate();
    return await this.exited;
  }

  /** @param overMemoryBytes what it takes. */
  killForMemory(overMemoryBytes: number): void {
    if (!this.alive || this.terminating) return;
    this.terminating = true;
    this.notified.overMemoryBytes = overMemoryBytes;
    this.signalAll('SIGKILL');
  }

  /** Whether it can be asked: it lives, and tinypool has not given it up. */
  get usable(): boolean {
    return this.alive && this.process.connected && !this.terminating && this.pool.threads.length === 1;
  }

  private get alive(): boolean {
    const { exitCode, signalCode, pid } = this.process;
    return pid !== undefined && exitCode === null && signalCode === null;
  }

  private get watchedIds(): readonly WatchedId[] {
    return this.pid === undefined ? [] : [this.pid, this.mark];
  }

  private terminate(): void {
    if (this.terminating || !this.alive) return;
    this.terminating = true;
    this.process.ref();
    this.signalAll('SIGTERM');
    const timer = setTimeout(() => this.signalAll('SIGKILL'), GRACE_MS);
    void this.exited.then(() => clearTimeout(timer));
  }

  private signalAll(signal: NodeJS.Signals): void {
    if (this.pid === undefined || !this.alive) return;
    // Once it has ended, its children can no longer be told from others.
    this.children = descendantsOf(this.pid);
    // The object knows whether the process is still there, where its number may be another's.
    this.process.kill(signal);
    for (const group of this.groups) sendSignal(-group, signal);
  }

  private take(message: unknown): void {
    const notice = readNotice(message);
    if (notice === undefined) return;
    switch (notice.notice) {
      case 'group':
        this.groups.add(notice.leader);
        this.options.watchdog.add(-notice.leader);
        if (this.over) this.clearGroups();
        break;
      case 'group-ended':
        this.groups.delete(notice.leader);
        this.options.watchdog.remove(-notice.leader);
        break;
      case 'exiting':
        if (notice.run !== undefined) this.notified.blamedRun = notice.run;
        if (notice.reason !== undefined) this.notified.ownReason = notice.reason;
        break;
      default:
        this.options.onNotice(notice);
    }
  }

  /** Ours is not for what a worker prints: it would get between the lines of our own output. */
  private takeOutput(): void {
    const { stdin, stdout, stderr } = this.process;
    stdout?.unpipe(process.stdout);
    stderr?.unpipe(process.stderr);
    stdout?.on('data', (chunk: Uint8Array) => this.output.stdout.write(chunk)).resume();
    stderr?.on('data', (chunk: Uint8Array) => this.output.stderr.write(chunk)).resume();
    // Who reads finds the end.
    stdin?.on('error', () => {});
    stdin?.end();
  }

  private async waitForExit(): Promise<WorkerExit> {
    const startError = await this.processEnd();
    this.over = true;
    const { options, output, process } = this;
    this.clearGroups();
    for (const child of this.children) sendSignal(child, 'SIGKILL');
    killMarked(this.mark);
    for (const id of this.watchedIds) options.watchdog.remove(id);
    return {
      code: process.exitCode,
      signal: process.signalCode,
      lastLines: output.stderr.lastLines || output.stdout.lastLines,
      heapFull: HEAP_FULL.test(output.stderr.text),
      ...(startError !== undefined && { startError }),
      ...this.notified,
    };
  }

  /** @returns why there was no process at all. */
  private processEnd(): Promise<string | undefined> {
    const { process, options } = this;
    return new Promise((resolve) => {
      if (process.pid === undefined) process.once('error', (error) => resolve(error.message));
      process.once('exit', () => {
        options.onExit();
        // Its pipes and its channel may hold what it said last.
        const timer = setTimeout(resolve, LINGER_MS, undefined);
        process.once('close', () => {
          clearTimeout(timer);
          resolve(undefined);
        });
      });
    });
  }

  private clearGroups(): void {
    for (const group of this.groups) {
      sendSignal(-group, 'SIGKILL');
      this.options.watchdog.remove(-group);
    }
    this.groups.clear();
  }
}

function processOf(pool: Tinypool): ChildProcess {
  const [worker] = pool.threads;
  if (worker !== undefined && 'process' in worker && worker.process instanceof ChildProcess) return worker.process;
  throw new Error('tinypool has started no process');
}

function errorOf(plain: unknown): Error {
  const { message, stack } = plain as { readonly message?: string; readonly stack?: string };
  return Object.assign(new Error(message ?? String(plain)), stack === undefined ? {} : { stack });
}
