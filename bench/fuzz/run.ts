import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { printTable } from '../measure.js';
import type { AnyTarget } from './fuzz-target.js';
import { startHangAlarm } from './hang-alarm.js';
import { fuzzTargets } from './targets.js';

/** One call of the property: what it holds of its inputs is let go then. */
const BATCH = 2000;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 1e9) },
    target: { type: 'string', default: '' },
  },
});
const seed = Number(values.seed);
const targets = fuzzTargets(process.cwd()).filter(({ name }) => name.includes(values.target));
const secondsEach = Number(values.seconds) / targets.length;
const alive = startHangAlarm();

interface Campaign {
  readonly runs: number;
  readonly seconds: number;
  readonly greatestMs: number;
  readonly failure: string | undefined;
}

async function campaign(target: AnyTarget): Promise<Campaign> {
  const startMs = performance.now();
  const leftMs = () => 1000 * secondsEach - (performance.now() - startMs);
  let [runs, greatestMs] = [0, 0];
  let failure: string | undefined;
  for (let batch = 0; failure === undefined && leftMs() > 0; batch++) {
    failure = await target.run({ seed: seed + batch, runs: BATCH, mostMs: leftMs() }, (elapsedMs) => {
      runs++;
      greatestMs = Math.max(greatestMs, elapsedMs);
      alive();
    });
  }
  return { runs, seconds: (performance.now() - startMs) / 1000, greatestMs, failure };
}

console.log(`seed ${seed}, ${secondsEach.toFixed(1)} s each`);
const rows: string[][] = [];
for (const target of targets) {
  const { runs, seconds, greatestMs, failure } = await campaign(target);
  rows.push([
    target.name,
    String(runs),
    seconds.toFixed(1),
    greatestMs.toFixed(1),
    failure === undefined ? 'none' : 'YES',
  ]);
  if (failure === undefined) continue;
  console.error(`\n${target.name}: ${failure}`);
  process.exitCode = 1;
}
printTable('Fuzzing', ['target', 'runs', 'seconds', 'greatest ms', 'failures'], rows);
console.log(`\nmost memory: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`);
