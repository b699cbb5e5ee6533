import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import type { FitReply, FitRequest } from './fit-request.js';

/** One process that answers fit requests, ours or the peer's; both keep to one thread. */
export class FitSide {
  private readonly command: string;
  private readonly args: readonly string[];
  private child: ChildProcess | undefined;
  private lines: Interface | undefined;

  constructor(command: string, args: readonly string[]) {
    this.command = command;
    this.args = args;
  }

  /** @returns undefined when it took longer than the limit, which ends its process; the next request starts another. */
  ask(request: FitRequest, limitMs: number): Promise<FitReply | undefined> {
    const { child, lines } = this.start();
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        clearTimeout(timer);
        lines.removeAllListeners('line');
        child.removeAllListeners('exit');
        settle();
      };
      const timer = setTimeout(() => {
        end(() => resolve(undefined));
        this.close();
      }, limitMs);
      lines.once('line', (line) => end(() => resolve(JSON.parse(line))));
      child.once('exit', (code) =>
        end(() => {
          this.child = undefined;
          reject(new Error(`${this.command} ended with ${code} on ${JSON.stringify(request)}`));
        }),
      );
      child.stdin!.write(`${JSON.stringify(request)}\n`);
    });
  }

  close(): void {
    this.child?.kill('SIGKILL');
    this.child = undefined;
  }

  private start(): { child: ChildProcess; lines: Interface } {
    if (this.child !== undefined && this.lines !== undefined) return { child: this.child, lines: this.lines };
    const child = spawn(this.command, this.args, {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' },
    });
    const lines = createInterface({ input: child.stdout! });
    this.child = child;
    this.lines = lines;
    return { child, lines };
  }
}
