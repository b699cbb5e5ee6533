import { mkdtempSync, rmSync } from 'node:fs';
import { arch, cpus, platform, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type BenchData, DATA_NAMES, prepareBenchData } from './bench-data.js';
import { FitSide } from './fit-side.js';
import { printFitTable, type Sides } from './fit-table.js';
import { printLargeTable } from './large-table.js';
import { findPeerPython } from './peer-python.js';
import { printScoreTable } from './score-table.js';
import { SUBJECTS } from './subjects.js';
import { printSweepTables } from './sweep-table.js';

const USAGE = `Our trainers beside scikit-learn's, in one run.
  (nothing)          CPU a fit and hold-out score
  --scores           mean scores of 5 folds and 10 seeds
  --sweeps           whole sweeps beside GridSearchCV; speed-up and memory by number of workers
  --large            time and memory on 1,000,000 x 20
  --all              all four
  --only svm,knn     these trainers only
  --data digits      these tables only`;

/** Benches are npm scripts: they run in the project's folder. */
const root = process.cwd();
const { values } = parseArgs({
  options: {
    scores: { type: 'boolean' },
    sweeps: { type: 'boolean' },
    large: { type: 'boolean' },
    all: { type: 'boolean' },
    help: { type: 'boolean' },
    only: { type: 'string' },
    data: { type: 'string' },
  },
});
if (values.help === true) {
  console.log(USAGE);
  process.exit();
}

const python = findPeerPython();
const gibibytes = (totalmem() / 2 ** 30).toFixed(0);
console.log(`${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${python?.versions ?? 'no peer'}`);
console.log(
  `${platform()} ${arch()}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}, ${gibibytes} GiB of memory`,
);
if (python === undefined) console.log('No Python with scikit-learn was found: only our columns are filled.');

const only = values.only?.split(',');
const tables = values.data?.split(',');
const subjects = SUBJECTS.filter(({ trainer }) => only?.includes(trainer) ?? true);
const names = DATA_NAMES.filter((name) => tables?.includes(name) ?? true);
const special = values.scores === true || values.sweeps === true || values.large === true;
const wants = (chosen: boolean | undefined) => values.all === true || chosen === true;
const start = (): Sides => ({
  ours: new FitSide(process.execPath, [join(root, 'dist/bench/trainers/serve-fits.js')]),
  peer: python && new FitSide(python.command, [join(root, 'bench/trainers/serve_fits.py')]),
});

const folder = mkdtempSync(join(tmpdir(), 'cml-bench-'));
try {
  const data: BenchData[] = [];
  const needed = values.all === true || values.large !== true || values.scores === true || values.sweeps === true;
  for (const name of needed ? names : []) data.push(await prepareBenchData(name, root, folder));
  if (wants(!special)) await printFitTable(subjects, data, start);
  if (wants(values.scores)) await printScoreTable(subjects, data, start);
  if (wants(values.sweeps)) await printSweepTables(subjects, data, root, folder, python?.command);
  if (wants(values.large)) await printLargeTable(root);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
