// A page cache of 8 MB in front of a disk, replaying a day of requests. Usage: node page-cache.js params.json
import { readFileSync } from 'node:fs';

const KILOBYTES = 8 * 1024;
const REQUESTS = 60_000;
const RECORDS = 400_000;

const config = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const pageRecords = config.page_kilobytes;
const pages = Math.floor(KILOBYTES / config.page_kilobytes);

/** A cache in which the oldest page goes; with `touch`, a page that is used becomes the youngest. */
class Queue {
  constructor(capacity, touch) {
    this.capacity = capacity;
    this.touch = touch;
    this.entries = new Map();
  }

  use(page) {
    if (!this.entries.has(page)) return false;
    if (this.touch) {
      this.entries.delete(page);
      this.entries.set(page, true);
    }
    return true;
  }

  add(page) {
    this.entries.set(page, true);
    if (this.entries.size > this.capacity) this.entries.delete(this.entries.keys().next().value);
  }
}

/** New pages are on probation; one that is used there moves to the protected queue. */
class TwoQueues {
  constructor(capacity, share) {
    this.probation = new Queue(Math.max(1, Math.round(capacity * share)), false);
    this.kept = new Queue(Math.max(1, capacity - this.probation.capacity), true);
  }

  use(page) {
    if (this.kept.use(page)) return true;
    if (!this.probation.use(page)) return false;
    this.probation.entries.delete(page);
    this.kept.add(page);
    return true;
  }

  add(page) {
    this.probation.add(page);
  }
}

const cache =
  config.policy === 'two_queues' ? new TwoQueues(pages, config.probation) : new Queue(pages, config.policy === 'lru');

let state = 20_240_229;
function random() {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
}

let hits = 0;
let milliseconds = 0;
let scan = 0;
for (let request = 0; request < REQUESTS; request++) {
  // Some requests scan the table, the others go to records of which few are asked for often.
  const scanning = request % 5000 < 1500;
  const record = scanning ? scan++ % RECORDS : Math.floor(RECORDS * random() ** 4);
  const page = Math.floor(record / pageRecords);
  if (cache.use(page)) {
    hits++;
    milliseconds += 0.002;
  } else {
    for (let next = 0; next <= config.read_ahead; next++)
      if (next === 0 || !cache.use(page + next)) cache.add(page + next);
    milliseconds += 0.08 + 0.0006 * config.page_kilobytes * (config.read_ahead + 1);
  }
  // Every tenth request writes: more writers wait less for the disk and more for each other.
  if (request % 10 === 0) milliseconds += 0.05 / config.writers + 0.004 * config.writers ** 1.5;
}
console.log(`${hits} of ${REQUESTS} requests found their page`);
console.log(JSON.stringify({ milliseconds: milliseconds / REQUESTS, hit_rate: hits / REQUESTS }));
