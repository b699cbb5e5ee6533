import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';

/** Wall time of a whole process in milliseconds. @throws when it does not exit with 0. */
export function timeProcess(command: string, args: readonly string[], cwd: string): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
  const elapsedMs = performance.now() - started;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} exited with ${status}\n${stderr}`);
  return elapsedMs;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Measures several things in turn, round by round, so that a machine that slows down slows all of them. */
export function interleave<Name extends string>(
  rounds: number,
  subjects: Readonly<Record<Name, () => number>>,
): Record<Name, number> {
  const named = Object.entries(subjects) as [Name, () => number][];
  const taken = new Map<Name, number[]>(named.map(([name]) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, measure] of named) {
      const value = measure();
      // The first round warms the caches of the disk.
      if (round > 0) taken.get(name)!.push(value);
    }
  }
  return Object.fromEntries([...taken].map(([name, values]) => [name, median(values)])) as Record<Name, number>;
}

/** A table with the first column to the left and the others to the right. */
export function printTable(title: string, header: readonly string[], rows: readonly (readonly string[])[]): void {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  ');
  console.log(`\n${title}\n${line(header)}\n${widths.map((width) => '-'.repeat(width)).join('  ')}`);
  for (const row of rows) console.log(line(row));
}
