import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { processIds } from '../worker/process-tree.js';

/** A worker, and the process groups that its tasks started. */
export interface ProcessSet {
  readonly pid: number;
  readonly groups: ReadonlySet<number>;
}

/** Bytes of physical memory that each set of processes takes; 0 for those that are gone. */
export async function residentBytes(sets: readonly ProcessSet[]): Promise<readonly number[]> {
  const processes = process.platform === 'linux' ? readProc(sets) : await askPs();
  return sets.map(({ pid, groups }) => {
    let bytes = 0;
    for (const entry of processes) if (entry.pid === pid || groups.has(entry.group)) bytes += entry.bytes;
    return bytes;
  });
}

interface RunningProcess {
  readonly pid: number;
  readonly group: number;
  readonly bytes: number;
}

function readProc(sets: readonly ProcessSet[]): readonly RunningProcess[] {
  const workers = new Set(sets.map(({ pid }) => pid));
  const groups = new Set(sets.flatMap((set) => [...set.groups]));
  // Without groups, which needs a look at every process of the machine, it is one small file a worker.
  if (groups.size === 0) return [...workers].map((pid) => ({ pid, group: 0, bytes: residentOf(pid) }));
  return processIds()
    .map((pid) => ({ pid, group: groupOf(pid) }))
    .filter(({ pid, group }) => workers.has(pid) || groups.has(group))
    .map((found) => ({ ...found, bytes: residentOf(found.pid) }));
}

function residentOf(pid: number): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB/m.exec(readIfThere(`/proc/${pid}/status`))?.[1];
  return Number(kibibytes ?? 0) * 1024;
}

function groupOf(pid: number): number {
  // proc(5): pid (name) state parent group …; the name may hold anything, also parentheses.
  const fields = readIfThere(`/proc/${pid}/stat`);
  return Number(fields.slice(fields.lastIndexOf(')') + 2).split(' ')[2]);
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

async function askPs(): Promise<readonly RunningProcess[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=', '-o', 'pgid=', '-o', 'rss='], {
    maxBuffer: 2 ** 26,
  });
  return stdout.split('\n').map((line) => {
    const [pid, group, kibibytes] = line.trim().split(/\s+/).map(Number);
    return { pid: pid ?? 0, group: group ?? 0, bytes: (kibibytes ?? 0) * 1024 };
  });
}
