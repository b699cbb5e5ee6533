/** Fits a tree trainer on many rows and prints what that took: a process of its own, so that memory is its own. */
import { readFileSync, writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { completeParams, findTrainer } from '../../src/trainers/index.js';
import { BoostingModel } from '../../src/trainers/trees/boosting/boosting-model.js';
import { ForestModel } from '../../src/trainers/trees/forest/forest-model.js';
import type { ValuedTree } from '../../src/trainers/trees/tree.js';
import { isTreeTrainer } from '../../src/trainers/trees/tree-trainer.js';
import { binDataset } from '../../src/validation/bin-dataset.js';
import type { LargeFit, LargeReport } from './large-table.js';
import { syntheticDataset } from './synthetic-dataset.js';

const WARM_UP_ROWS = 5_000;
/** Memory that is no longer used is given back in the background. */
const SETTLING_MS = 100;

async function binAndFit(fit: LargeFit, loaded: () => Promise<void>) {
  const { rows, columns, task } = fit;
  const trainer = findTrainer(fit.trainer)!;
  if (!isTreeTrainer(trainer)) throw new Error(`${fit.trainer} does not learn from bins`);
  const dataset = syntheticDataset(rows, columns, task);
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  await loaded();
  const binned = binDataset(dataset, all);
  const set = {
    binned,
    rows: all,
    target: dataset.target.values,
    ...(task === 'classification' ? { classCount: 2 } : {}),
    encoding: { impute: 'median', encode: 'onehot' } as const,
  };
  const model = await trainer.fitBinned(set, completeParams(trainer, fit.params), { seed: 0 });
  return { model, binnedBytes: binned.bins.byteLength };
}

/** A figure of this process, in bytes; 0 where there is no /proc. */
function statusBytes(key: 'VmRSS' | 'VmHWM'): number {
  try {
    const line = new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(readFileSync('/proc/self/status', 'utf8'));
    return Number(line?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** The peak starts anew from here. */
function resetPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // Not Linux: memory is not reported.
  }
}

const fit: LargeFit = JSON.parse(process.argv[2]!);
// Compiled code and the heap's first growth are no part of what a fit takes.
await binAndFit({ ...fit, rows: WARM_UP_ROWS }, async () => {});
let loadedBytes = 0;
let started = 0;
let cpu = process.cpuUsage();
const { model, binnedBytes } = await binAndFit(fit, async () => {
  globalThis.gc?.();
  await setTimeout(SETTLING_MS);
  resetPeak();
  loadedBytes = statusBytes('VmRSS');
  started = performance.now();
  cpu = process.cpuUsage();
});
const { user, system } = process.cpuUsage(cpu);
if (!(model instanceof ForestModel || model instanceof BoostingModel)) throw new Error(`${fit.trainer} has no trees`);
const trees: readonly ValuedTree[] = model.data.trees;
const report: LargeReport = {
  cpuSeconds: (user + system) / 1e6,
  wallSeconds: (performance.now() - started) / 1000,
  binnedBytes,
  extraBytes: statusBytes('VmHWM') - loadedBytes,
  treeBytes: trees.reduce((sum, tree) => {
    return sum + tree.nodes.byteLength + tree.masks.byteLength + tree.values.byteLength;
  }, 0),
};
console.log(JSON.stringify(report));
