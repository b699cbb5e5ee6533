import { arch, cpus, platform } from 'node:os';
import { parseArgs } from 'node:util';
import { printCpuTable } from './cpu-table.js';
import { printLagTables } from './lag-table.js';
import { findOptunaPython, OptunaContenders } from './optuna-contenders.js';
import { OWN_CONTENDERS, OWN_METHODS } from './own-contenders.js';
import { printQualityTables } from './quality-table.js';
import { RunCache } from './run-cache.js';
import { SWEEP_PLANS } from './sweeps/sweep-plans.js';
import { printSweepTable } from './sweeps/sweep-table.js';
import { readTasks } from './tasks/index.js';

const USAGE = `Our samplers beside Optuna's, on tasks whose optimum is known.
  (nothing)            regret and rank, one trial at a time and with 4 and 8 in flight; CPU a proposal
  --quality            regret and rank only
  --cpu                CPU a proposal only
  --lag                what search.lag costs: regret, and workers that wait
  --sweeps             whole sweeps of 50 trials on shipped tables beside Optuna over scikit-learn; 5 seeds
  --seeds 20           studies of each task and sampler
  --in-flight 1,4,8    trials under way at a time
  --only bayes,tpe     of ours these samplers only
  --tasks mixed6       these tasks, or sweeps, only
  --runs FILE          keep studies in FILE (JSON lines) and take from it what is there`;

/** Benches are npm scripts: they run in the project's folder. */
const root = process.cwd();
const { values } = parseArgs({
  options: {
    quality: { type: 'boolean' },
    cpu: { type: 'boolean' },
    lag: { type: 'boolean' },
    sweeps: { type: 'boolean' },
    seeds: { type: 'string' },
    'in-flight': { type: 'string', default: '1,4,8' },
    only: { type: 'string' },
    tasks: { type: 'string' },
    runs: { type: 'string' },
    help: { type: 'boolean' },
  },
});
if (values.help === true) {
  console.log(USAGE);
  process.exit();
}

const python = findOptunaPython();
console.log(`${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${python?.versions ?? 'no peer'}`);
console.log(`${platform()} ${arch()}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}`);
if (python === undefined)
  console.log('No Python with Optuna and cmaes was found: only our samplers are in the tables.');

const optuna = python && new OptunaContenders(python, root);
try {
  const only = values.only?.split(',');
  const wanted = values.tasks?.split(',');
  const all = [...OWN_CONTENDERS, ...(optuna?.contenders ?? [])];
  const contenders = all.filter(({ name, isPeer }) => isPeer || (only?.includes(name) ?? true));
  const tasks = readTasks(root).filter(({ name }) => wanted?.includes(name) ?? true);
  const special = [values.quality, values.cpu, values.lag, values.sweeps].includes(true);
  const seeds = Number(values.seeds ?? (values.sweeps === true ? 5 : 20));
  const cache = new RunCache(values.runs);
  if (!special || values.quality === true) {
    for (const inFlight of values['in-flight'].split(',').map(Number)) {
      await printQualityTables({ contenders, tasks, seeds, inFlight }, cache);
    }
  }
  if (!special || values.cpu === true) await printCpuTable(contenders, tasks);
  if (values.lag === true)
    await printLagTables(OWN_METHODS.find((method) => only?.includes(method)) ?? 'bayes', tasks, seeds, cache);
  if (values.sweeps === true) {
    const plans = SWEEP_PLANS.filter(({ name }) => wanted?.includes(name) ?? true);
    await printSweepTable(plans, root, python?.command, seeds);
  }
} finally {
  optuna?.close();
}
