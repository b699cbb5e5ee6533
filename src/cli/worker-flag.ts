import { UsageError } from '../errors.js';
import { measureMachine } from '../executors/machine.js';

/** `auto`, a number, or a share of the cores. @returns undefined for auto. @throws UsageError */
export function readWorkers(given: string | undefined, cores = measureMachine().cores): number | undefined {
  if (given === undefined || given === 'auto') return undefined;
  const [, digits, percent] = /^(\d{1,4})(%?)$/.exec(given) ?? [];
  const amount = Number(digits);
  if (digits !== undefined && percent === '') return amount;
  if (digits !== undefined && amount >= 1 && amount <= 1000) return Math.max(1, Math.round((cores * amount) / 100));
  throw new UsageError(`--workers: must be auto, a whole number, or a share of the cores such as 50%, got ${given}`, {
    hint: 'auto takes what the cores and the memory allow',
  });
}
