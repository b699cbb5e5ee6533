import { readFileSync } from 'node:fs';
import { availableParallelism, freemem } from 'node:os';

/** What this process may use. */
export interface Machine {
  readonly cores: number;
  readonly freeBytes: number;
}

/** As a container's limits leave it: cores by its quota of processor time, memory by what it may still take. */
export function measureMachine(readText: (file: string) => string = (file) => readFileSync(file, 'utf8')): Machine {
  const cores = Math.min(availableParallelism(), coresOfQuota(readText) ?? Number.POSITIVE_INFINITY);
  return { cores, freeBytes: Math.min(freemem(), process.availableMemory()) };
}

/** A quota of 150 % keeps two cores busy for most of the time. @returns undefined without one. */
function coresOfQuota(readText: (file: string) => string): number | undefined {
  const quota = quotaOf(() => {
    // Version 2 of control groups: `max 100000` or `150000 100000`, in microseconds.
    const [allowed, period] = readText('/sys/fs/cgroup/cpu.max').split(' ');
    return Number(allowed) / Number(period);
  });
  const older = quotaOf(() => {
    const allowed = Number(readText('/sys/fs/cgroup/cpu/cpu.cfs_quota_us'));
    return allowed > 0 ? allowed / Number(readText('/sys/fs/cgroup/cpu/cpu.cfs_period_us')) : Number.NaN;
  });
  const share = quota ?? older;
  return share === undefined ? undefined : Math.max(1, Math.ceil(share - 0.25));
}

function quotaOf(read: () => number): number | undefined {
  try {
    const share = read();
    return Number.isFinite(share) && share > 0 ? share : undefined;
  } catch {
    // There are no control groups, or they are not ours to see.
    return undefined;
  }
}
