import { arch, cpus, platform } from 'node:os';
import { benchOverhead } from './overhead.js';
import { benchStartUp } from './start-up.js';

console.log(
  `Node ${process.version}, ${platform()} ${arch()}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}`,
);
benchStartUp();
benchOverhead();
