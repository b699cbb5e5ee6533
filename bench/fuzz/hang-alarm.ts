import { Worker } from 'node:worker_threads';

/** No input may take so long: the reader hangs. */
const MOST_SECONDS = 30;

const ALARM = `
const { workerData } = require('node:worker_threads');
const { beat, mostSeconds } = workerData;
let [last, still] = [0, 0];
setInterval(() => {
  const now = Atomics.load(beat, 0);
  still = now === last ? still + 1 : 0;
  last = now;
  if (still < mostSeconds) return;
  require('node:fs').writeSync(2, 'an input has taken over ' + mostSeconds + ' s; run it again with the same seed\\n');
  process.kill(process.pid, 'SIGKILL');
}, 1000);
`;

/** Ends this process when it hangs, which it cannot notice itself. @returns to be called for every input. */
export function startHangAlarm(): () => void {
  const beat = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  new Worker(ALARM, { eval: true, workerData: { beat, mostSeconds: MOST_SECONDS } }).unref();
  return () => Atomics.add(beat, 0, 1);
}
