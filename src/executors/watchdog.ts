import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import type { WorkerMark } from './worker-mark.js';

/**
 * Reads `+ ID` and `- ID` and at the end of its input kills what is registered: processes with all of their children,
 * groups (negative ids), and then what bears a mark. Signals of the terminal do not reach it.
 */
const SCRIPT = `
trap '' INT TERM HUP QUIT
ids=' '
while read -r sign id; do
  case $sign in
    +) ids="$ids$id " ;;
    -) case $ids in *" $id "*) ids="\${ids%%" $id "*} \${ids#*" $id "}" ;; esac ;;
  esac
done
end() {
  for list in /proc/"$1"/task/*/children; do
    children=
    [ -r "$list" ] && read -r children < "$list"
    for child in $children; do end "$child"; done
  done
  kill -s KILL -- "$1" 2>/dev/null
}
for id in $ids; do case $id in @*) ;; *) end "$id" ;; esac; done
for id in $ids; do
  case $id in @*)
    for pass in 1 2 3; do
      for file in $(grep -lsF "$id" /proc/[0-9]*/environ); do
        pid=\${file%/environ}
        kill -s KILL "\${pid#/proc/}" 2>/dev/null
      done
    done ;;
  esac
done
`;

/** A process, or negative: a group, or what bears a mark. */
export type WatchedId = number | WorkerMark;

/** What may kill it again and again is not fought for ever. */
const MOST_STARTS = 5;
const END_MS = 1000;

/**
 * A process that kills our workers when we are gone, also where we were killed with -9 and they loop without ever
 * looking up. Without a POSIX shell there is none, and workers end as they notice.
 */
export class Watchdog {
  private readonly ids = new Set<WatchedId>();
  private shell: ChildProcess | undefined;
  private starts = 0;
  private closed = false;

  constructor() {
    this.start();
  }

  add(id: WatchedId): void {
    this.ids.add(id);
    this.write(`+ ${id}\n`);
  }

  remove(id: WatchedId): void {
    if (this.ids.delete(id)) this.write(`- ${id}\n`);
  }

  /** Ends it; what is still registered is killed. */
  async close(): Promise<void> {
    this.closed = true;
    const { shell } = this;
    if (shell === undefined) return;
    shell.ref();
    const ended = once(shell, 'exit');
    shell.stdin?.end();
    const timer = setTimeout(() => shell.kill('SIGKILL'), END_MS);
    await ended.catch(() => undefined);
    clearTimeout(timer);
  }

  private start(): void {
    this.starts++;
    // Where the system has no more file descriptors, it has no pipe either.
    const shell: ChildProcess = spawn('/bin/sh', ['-c', SCRIPT], {
      cwd: '/',
      env: {},
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    this.shell = shell;
    shell.on('error', () => this.lost(shell));
    shell.on('exit', () => this.lost(shell));
    // Its end is what matters, and that is heard of by itself.
    shell.stdin?.on('error', () => {});
    shell.unref();
    if (shell.stdin instanceof Socket) shell.stdin.unref();
    for (const id of this.ids) this.write(`+ ${id}\n`);
  }

  private lost(shell: ChildProcess): void {
    if (this.shell !== shell) return;
    this.shell = undefined;
    if (!this.closed && this.starts < MOST_STARTS) this.start();
  }

  private write(line: string): void {
    if (this.shell?.stdin?.writable === true) this.shell.stdin.write(line);
  }
}
