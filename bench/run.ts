import { arch, cpus, platform } from 'node:os';
import { benchJournal } from './journal.js';
import { benchObjective } from './objective.js';
import { benchOverhead } from './overhead.js';
import { benchStartUp } from './start-up.js';

console.log(
  `Node ${process.version}, ${platform()} ${arch()}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}`,
);
benchStartUp();
benchOverhead();
benchObjective();
benchJournal();
