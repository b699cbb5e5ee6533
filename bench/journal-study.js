// A durable study of an objective that does nothing. usage: node --expose-gc journal-study.js FOLDER TRIALS REPEATS
// Prints JSON: what the study cost, or, where the folder holds fewer trials, what it took to go on.
import { tune } from '../dist/src/index.js';

const [out, ...counts] = process.argv.slice(2);
const [trials, repeats] = counts.map(Number);
const PARTS = 5;

const spec = {
  seed: 1,
  objective: { metric: 'rate', goal: 'minimize' },
  evaluation: { repeats },
  search: { method: 'random', trials },
  parameters: {
    rate: 'loguniform(1e-4, 1)',
    momentum: 'uniform(0, 0.99)',
    dropout: 'uniform(0, 0.5)',
    layers: 'int(1, 8)',
    activation: 'choice(relu, tanh, gelu)',
  },
};

function heldBytes() {
  global.gc();
  return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
}

// What is loaded and compiled once is no cost of a trial.
await tune({ ...spec, search: { method: 'random', trials: 100 } }, { objective: ({ rate }) => rate });

const before = heldBytes();
const start = performance.now();
const startCpu = process.cpuUsage();
let folds = 0;
let readyMs;
let after;
/** Milliseconds of the clock and of the processor at the end of each part. */
const marks = [];
await tune(spec, {
  out,
  objective: ({ rate }) => {
    readyMs ??= performance.now() - start;
    return rate;
  },
  onEvent: ({ type }) => {
    if (type === 'finished') after = heldBytes();
    if (type !== 'fold' || ++folds % ((trials * repeats) / PARTS) !== 0) return;
    const { user, system } = process.cpuUsage(startCpu);
    marks.push([performance.now() - start, (user + system) / 1000]);
  },
});
console.log(
  JSON.stringify({ readyMs, marks, heldBytes: after - before, peakBytes: process.resourceUsage().maxRSS * 1024 }),
);
