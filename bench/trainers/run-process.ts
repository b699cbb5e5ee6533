import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { descendantsOf } from '../../src/worker/process-tree.js';

export interface ProcessRun {
  readonly wallMs: number;
  readonly output: string;
  /** Most memory that the process and its descendants had at a time, in bytes; 0 where there is no /proc. */
  readonly peakBytes: number;
  /** The most in the second half of the run, when the data are read. */
  readonly laterPeakBytes: number;
}

const SAMPLE_MS = 50;

/**
 * Runs a program to its end and watches its memory.
 * @throws when it does not exit with 0.
 */
export function runProcess(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ProcessRun> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    const sizes: number[] = [];
    const timer = setInterval(() => sizes.push(treeBytes(child.pid!)), SAMPLE_MS);
    const output: string[] = [];
    const complaints: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      clearInterval(timer);
      if (code !== 0)
        reject(new Error(`${command} ${args.join(' ')} ended with ${code}\n${output.join('')}${complaints.join('')}`));
      else {
        const wallMs = performance.now() - started;
        const later = sizes.slice(sizes.length >> 1);
        const [peakBytes, laterPeakBytes] = [Math.max(0, ...sizes), Math.max(0, ...later)];
        resolve({ wallMs, output: output.join(''), peakBytes, laterPeakBytes });
      }
    });
  });
}

/** Resident memory of a process and its descendants; a page that several of them share counts once. */
function treeBytes(pid: number): number {
  return [pid, ...descendantsOf(pid)].reduce((bytes, id) => bytes + residentBytes(id), 0);
}

function residentBytes(pid: number): number {
  try {
    const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
    return Number(kilobytes?.[1] ?? 0) * 1024;
  } catch {
    // The process has ended, or this is not Linux.
    return 0;
  }
}
