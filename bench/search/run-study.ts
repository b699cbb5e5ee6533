import { Random } from '../../src/random.js';
import { type BenchTask, Point } from './bench-task.js';
import type { Asked, Contender, StudyPlan } from './study-side.js';

export interface StudyRun {
  /** In the order in which the trials ended: what the sampler was told. */
  readonly told: readonly number[];
  /** In the same order: the values without noise. */
  readonly values: readonly number[];
  /** CPU time that each proposal took, with what was told since the one before; in the order of the trials. */
  readonly cpuMs: readonly number[];
}

/**
 * A study with as many trials under way as the plan says. A trial takes 0.5 … 1.5 units of simulated time, drawn from the
 * seed and its number; whichever ends first is told, and a new one is asked for at once.
 */
export async function runStudy(contender: Contender, plan: StudyPlan): Promise<StudyRun> {
  const { task, seed, trials, inFlight } = plan;
  const study = await contender.open(plan);
  const told: number[] = [];
  const values: number[] = [];
  const cpuMs: number[] = [];
  const underWay: { readonly end: number; readonly asked: Asked }[] = [];
  let now = 0;
  let spentMs = 0;
  while (values.length < trials) {
    while (cpuMs.length < trials && underWay.length < inFlight) {
      const asked = await study.ask();
      const end = now + 0.5 + new Random(seed, 'duration', cpuMs.length).uniform();
      cpuMs.push(study.cpuMs - spentMs);
      spentMs = study.cpuMs;
      underWay.push({ end, asked });
    }
    underWay.sort((a, b) => a.end - b.end || a.asked.id - b.asked.id);
    const { end, asked } = underWay.shift()!;
    now = end;
    const { value, observed } = measure(task, seed, asked);
    values.push(value);
    told.push(observed);
    await study.tell(asked.id, observed);
  }
  return { told, values, cpuMs };
}

/** @returns the value, and what a sampler is told of it. */
export function measure(task: BenchTask, seed: number, { id, params }: Asked) {
  const value = task.value(new Point(params));
  const noise = task.noise === undefined ? 0 : task.noise * new Random(seed, 'noise', task.name, id).normal();
  return { value, observed: value + noise };
}

/** The value, without noise, of the trial that looks best among the first `count`. */
export function bestAfter({ told, values }: Pick<StudyRun, 'told' | 'values'>, count: number): number {
  let best = 0;
  for (let i = 1; i < Math.min(count, told.length); i++) if (told[i]! < told[best]!) best = i;
  return values[best]!;
}
