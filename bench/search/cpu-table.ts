import { printTable } from '../measure.js';
import type { BenchTask } from './bench-task.js';
import { runStudy } from './run-study.js';
import type { Contender } from './study-side.js';

/** Six parameters, numeric ones only and with a choice. */
const TASKS = ['hartmann6', 'mixed6'];
const BUDGETS = [25, 100, 500, 1000];
const TRIALS = 1000;
/** A proposal costs what the last ones before the budget cost on average, refits included. */
const LAST = [10, 10, 50, 50];

/** What a proposal costs as trials grow. One study at a time; compare within a run. */
export async function printCpuTable(contenders: readonly Contender[], tasks: readonly BenchTask[]): Promise<void> {
  const rows: string[][] = [];
  for (const task of tasks.filter(({ name }) => TASKS.includes(name))) {
    for (const contender of contenders) {
      const { cpuMs } = await runStudy(contender, { task, seed: 0, trials: TRIALS, inFlight: 1 });
      const means = BUDGETS.map((budget, i) => mean(cpuMs.slice(budget - LAST[i]!, budget)).toFixed(2));
      rows.push([`${task.name}: ${contender.name}`, ...means]);
      console.error(`${task.name}, ${contender.name}: timed`);
    }
  }
  printTable('CPU milliseconds a proposal, by number of trials', ['6 parameters', ...BUDGETS.map(String)], rows);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
