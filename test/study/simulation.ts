import type { Executor, RunOptions } from '../../src/executors/executor.js';
import type { JournalEvent } from '../../src/journal/journal-event.js';
import type { JournalStore } from '../../src/journal/journal-store.js';
import type { StudySettings } from '../../src/journal/study-settings.js';
import { createPruner, type PruningSpec } from '../../src/pruners/index.js';
import { Random } from '../../src/random.js';
import type { History, Sampler } from '../../src/samplers/sampler.js';
import { Space } from '../../src/space/space.js';
import { PruningJudge } from '../../src/study/pruning-judge.js';
import type { Reporter } from '../../src/study/reporter.js';
import { Reporters } from '../../src/study/reporters.js';
import { runStudy } from '../../src/study/study-loop.js';
import { StudyState } from '../../src/study/study-state.js';
import type { TrialTasks } from '../../src/study/task-factory.js';
import type { FoldOutcome, Params } from '../../src/trial.js';
import type { FoldTask } from '../../src/validation/fold-task.js';

/** The study that the simulations run: one number to find, three folds. */
export const settings: StudySettings = {
  name: 'simulated',
  metrics: ['score'],
  goal: 'maximize',
  foldCount: 3,
  planned: 40,
  holdoutRows: 10,
  parameters: ['x'],
};

export const space = Space.create([{ name: 'x', domain: { kind: 'float', min: 0, max: 1, log: false } }], []);

/** Proposes beside the best it may read, so that whatever it reads shows in everything that follows. */
export const greedy: Sampler = {
  suggest(trial: number, history: History): Params {
    const random = new Random(1, 'greedy', trial);
    let best = history.ended[0];
    for (const candidate of history.ended) if ((candidate.score ?? -1) > (best?.score ?? -1)) best = candidate;
    const center = typeof best?.params.x === 'number' ? best.params.x : 0.5;
    const crowd = history.pending.length / 100;
    return { x: Math.min(1, Math.max(0, center + 0.3 * (random.uniform() - 0.5) + crowd)) };
  },
};

/** A pure function of the configuration and the fold: good near 0.7; some configurations fail. */
export function outcomeOf(task: FoldTask): FoldOutcome {
  if (task.trial === null) return { state: 'completed', scores: { score: 0.1 }, fitSeconds: 0, scoreSeconds: 0 };
  const x = task.params.x as number;
  if (Math.floor(x * 1000) % 7 === 0 && task.fold > 0) return { state: 'failed', reason: `fold ${task.fold} of ${x}` };
  const score = 1 - Math.abs(x - 0.7) + 0.01 * Math.sin(1000 * x + task.fold);
  return { state: 'completed', scores: { score }, fitSeconds: 0, scoreSeconds: 0 };
}

/** A learning curve of five points that comes near the score; curves of other configurations may cross it. */
export function curveOf(task: FoldTask): readonly (readonly [step: number, value: number])[] {
  if (task.trial === null) return [];
  const x = task.params.x as number;
  const height = 1 - Math.abs(x - 0.7);
  const speed = 0.3 + ((1000 * x) % 1);
  return [1, 2, 3, 4, 5].map((step) => [step, height * (1 - Math.exp(-speed * step)) + task.fold / 100]);
}

/** Ends tasks in an order drawn at random. Time is simulated: turns of the event loop. */
export class SimulatedExecutor implements Executor {
  readonly slots: number;
  readonly capacity: number;
  private readonly random: Random;
  private readonly waiting: {
    task: FoldTask;
    signal: AbortSignal | undefined;
    points: (readonly [step: number, value: number])[];
    report: ((step: number, value: number) => void) | undefined;
    resolve: (outcome?: FoldOutcome) => void;
  }[] = [];
  private scheduled = false;
  started = 0;

  private readonly reports: boolean;

  /** @param reports whether tasks tell their learning curve, one point a turn. */
  constructor(slots: number, seed: number, reports = false) {
    this.reports = reports;
    this.slots = slots;
    this.capacity = slots;
    this.random = new Random(seed, 'schedule');
  }

  run(task: FoldTask, { signal, onReport: report }: RunOptions = {}): Promise<FoldOutcome | undefined> {
    this.started++;
    const points = this.reports ? [...curveOf(task)] : [];
    return new Promise((resolve) => {
      this.waiting.push({ task, signal, points, report, resolve });
      signal?.addEventListener('abort', () => resolve(undefined));
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      const count = 1 + this.random.integer(this.waiting.length);
      for (let ended = 0; ended < count; ended++) {
        const [entry] = this.waiting.splice(this.random.integer(this.waiting.length), 1);
        const { task, signal, points, report, resolve } = entry!;
        const point = signal?.aborted ? undefined : points.shift();
        if (point === undefined) {
          resolve(signal?.aborted ? undefined : outcomeOf(task));
        } else {
          report?.(...point);
          this.waiting.push(entry!);
        }
      }
      if (this.waiting.length > 0) this.schedule();
    });
  }

  async close(): Promise<void> {}
}

/** Keeps events; each becomes durable some turns later, as on a slow disk. */
export class SlowJournal implements JournalStore {
  readonly events: JournalEvent[] = [];
  private last: Promise<void> = Promise.resolve();
  private readonly random: Random;

  constructor(seed: number) {
    this.random = new Random(seed, 'disk');
  }

  append(event: JournalEvent): Promise<void> {
    const turns = this.random.integer(3);
    this.last = this.last.then(async () => {
      for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
      this.events.push(event);
    });
    return this.last;
  }

  async close(): Promise<void> {}
}

export interface Simulation {
  readonly slots: number;
  readonly seed: number;
  readonly lag?: number;
  readonly sampler?: Sampler;
  readonly settings?: Partial<StudySettings>;
  /** What an earlier, interrupted run left in its journal. */
  readonly before?: readonly JournalEvent[];
  /** Interrupt after so many events; 0: before the first. */
  readonly interruptAfter?: number;
  readonly wallMs?: number;
  /** Judged by `lag`, which must be given. */
  readonly pruning?: PruningSpec;
  readonly reporters?: readonly Reporter[];
}

export interface Simulated {
  readonly state: StudyState;
  readonly events: readonly JournalEvent[];
  readonly started: number;
}

/** The tasks of a trial, or of the baseline. */
export function tasksOf(trial: number | null, params: Params): TrialTasks {
  const preprocessing = { impute: 'none', encode: 'onehot', scale: 'none' } as const;
  return (fold) => ({ trial, fold, model: 'm', trainer: 'm', params, seed: fold, preprocessing });
}

/** Runs a whole study on simulated parts. */
export async function simulate(simulation: Simulation): Promise<Simulated> {
  const merged = { ...settings, ...simulation.settings };
  const state = new StudyState(merged);
  for (const event of simulation.before ?? []) state.apply(event);
  const journal = new SlowJournal(simulation.seed);
  const executor = new SimulatedExecutor(simulation.slots, simulation.seed, simulation.pruning !== undefined);
  const controller = new AbortController();
  const { pruning, lag } = simulation;
  let events = 0;
  if (simulation.interruptAfter === 0) controller.abort();
  await runStudy({
    state,
    space,
    sampler: simulation.sampler ?? greedy,
    lag,
    judge: pruning && new PruningJudge(createPruner(pruning, merged.goal), state, lag!),
    trials: merged.planned,
    tasks: { ofTrial: (trial, params) => tasksOf(trial, params), ofBaseline: () => tasksOf(null, {}) },
    executor,
    journal,
    baseline: true,
    limits: {},
    wallMs: simulation.wallMs,
    reporters: new Reporters([
      ...(simulation.reporters ?? []),
      {
        onEvent: () => {
          if (++events === simulation.interruptAfter) controller.abort();
        },
      },
    ]),
    signal: controller.signal,
  });
  return { state, events: [...(simulation.before ?? []), ...journal.events], started: executor.started };
}

/** Everything of the trials that a leaderboard shows. */
export function summary(state: StudyState): string {
  const { status, stopped, best } = state;
  const trials = state.trials.map(({ number, params, state: ended, score, reason, folds }) => ({
    number,
    params,
    ended,
    score,
    reason,
    folds: folds.map((fold) => fold.scores),
  }));
  return JSON.stringify({
    status,
    stopped,
    best: best?.number,
    trials,
    baseline: state.baseline?.score,
    holdout: state.holdout,
  });
}
