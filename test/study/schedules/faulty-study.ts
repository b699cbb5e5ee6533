import { createHash } from 'node:crypto';
import { vi } from 'vitest';
import type { JournalEvent } from '../../../src/journal/journal-event.js';
import { decodeJournal } from '../../../src/journal/journal-format.js';
import type { StudySettings } from '../../../src/journal/study-settings.js';
import { buildLeaderboard } from '../../../src/leaderboard/build-leaderboard.js';
import { createPruner, type PruningSpec } from '../../../src/pruners/index.js';
import { Random } from '../../../src/random.js';
import type { SamplerDefinition } from '../../../src/samplers/sampler.js';
import { PruningJudge } from '../../../src/study/pruning-judge.js';
import { Reporters } from '../../../src/study/reporters.js';
import { runStudy } from '../../../src/study/study-loop.js';
import { StudyState } from '../../../src/study/study-state.js';
import type { TimeLimits } from '../../../src/study/trial-limits.js';
import type { FoldTask } from '../../../src/validation/fold-task.js';
import { choice, float, int, space as spaceOf } from '../../space/space-builder.js';
import { tasksOf } from '../simulation.js';
import { type Behaviour, type Fault, type FaultRates, FaultyExecutor } from './faulty-executor.js';
import { MemoryJournal } from './memory-journal.js';
import { VirtualClock } from './virtual-clock.js';

/** What is searched: the same for every schedule. */
export interface Plan {
  readonly sampler: SamplerDefinition;
  readonly trials: number;
  readonly patience?: number;
  /** Without limits, no task hangs, and the executor takes more than it has workers. */
  readonly limits: TimeLimits;
  readonly pruning?: PruningSpec;
}

export interface Schedule {
  readonly seed: number;
  readonly rates: FaultRates;
  /** How often the process of the study is killed or interrupted, at most. */
  readonly stops: number;
}

export const QUIET: FaultRates = { lost: 0, presumedLost: 0, duplicated: 0, late: 0, slow: 0, tooLateToGiveUp: 0 };
export const UNDISTURBED: Schedule = { seed: 0, rates: QUIET, stops: 0 };

/** What happened to a study, and what came out. */
export interface Ran {
  /** Of the leaderboard without its times: as the last process had it, and as a replay of the journal gives it. */
  readonly hashes: ReadonlySet<string>;
  readonly faults: ReadonlyMap<string, number>;
  /** Folds of which the journal holds more than one outcome. */
  readonly doubled: readonly string[];
}

const LAG = 3;

const space = spaceOf([
  choice('kind', ['a', 'b']),
  float('x', 0, 1, { gridPoints: 4 }),
  int('n', 1, 3, { when: "kind == 'a'" }),
]);

function settingsOf({ trials, patience }: Plan): StudySettings {
  const parameters = space.parameters.map(({ name }) => name);
  return {
    name: 'faulty',
    metrics: ['score'],
    goal: 'maximize',
    foldCount: 3,
    planned: trials,
    patience,
    holdoutRows: 10,
    parameters,
  };
}

function limited({ limits }: Plan): boolean {
  return (limits.foldMs ?? limits.trialMs) !== undefined;
}

/** A pure function of the configuration and the fold: some fail, die, run out of memory or never end by themselves. */
function behaviourOf(plan: Plan, { trial, params, fold }: FoldTask): Behaviour {
  if (trial === null) {
    return { outcome: { state: 'completed', scores: { score: 0.2 }, fitSeconds: 0, scoreSeconds: 0 }, curve: [] };
  }
  const random = new Random(5, 'behaviour', JSON.stringify(params), fold);
  const height = 1 - Math.abs((params.x as number) - 0.7) - (params.kind === 'a' ? 0.1 / (params.n as number) : 0);
  const steps = plan.pruning === undefined ? [] : [1, 2, 3, 4, 5];
  const curve = steps.map((step) => [step, height * (1 - Math.exp(-step / 2)) + 0.1 * random.uniform()] as const);
  const draw = random.uniform();
  if (draw < 0.06) return { outcome: { state: 'failed', reason: `fold ${fold} throws` }, curve };
  if (draw < 0.09) return { outcome: { state: 'crashed', reason: 'exited with 7' }, curve };
  if (draw < 0.12) return { outcome: { state: 'out-of-memory', reason: 'over 1 GiB' }, curve };
  if (draw < 0.17 && limited(plan)) return { outcome: 'hangs', curve: [] };
  const score = height + 0.02 * random.uniform();
  return { outcome: { state: 'completed', scores: { score }, fitSeconds: 0, scoreSeconds: 0 }, curve };
}

/** Runs a study to its end, through as many processes as it takes. */
export async function runFaulty(plan: Plan, schedule: Schedule): Promise<Ran> {
  const study = new FaultyStudy(plan, schedule);
  study.clock.install();
  try {
    return await study.run();
  } finally {
    vi.unstubAllGlobals();
  }
}

class FaultyStudy {
  readonly clock = new VirtualClock();
  private readonly plan: Plan;
  private readonly schedule: Schedule;
  private readonly settings: StudySettings;
  private readonly random: Random;
  private readonly faults = new Map<string, number>();

  constructor(plan: Plan, schedule: Schedule) {
    this.plan = plan;
    this.schedule = schedule;
    this.settings = settingsOf(plan);
    this.random = new Random(schedule.seed, 'schedule');
  }

  async run(): Promise<Ran> {
    let text = '';
    const hashes = new Set<string>();
    for (let stopsLeft = this.random.integer(this.schedule.stops + 1); ; stopsLeft--) {
      const state = this.replay(text);
      if (isFinished(state))
        return { hashes: hashes.add(hashOf(state)), faults: this.faults, doubled: this.doubled(text) };
      text = await this.runProcess(text, state, stopsLeft > 0);
      if (isFinished(state)) hashes.add(hashOf(state));
    }
  }

  /** Folds of which the journal holds more than one outcome. */
  private doubled(text: string): readonly string[] {
    const folds = this.eventsOf(text).filter((event) => event.type === 'fold');
    const names = folds.map(({ trial, fold }) => `${trial}/${fold}`);
    return names.filter((name, index) => names.indexOf(name) !== index);
  }

  /** @returns what is in the journal when the process has ended, or was killed. */
  private async runProcess(before: string, state: StudyState, stops: boolean): Promise<string> {
    const { clock, plan, random, settings } = this;
    const journal = new MemoryJournal(before, clock, random, random.integer(2) * 30);
    const controller = new AbortController();
    const { judge, lag } = this.history(state);
    const sampler = plan.sampler.create({ space, seed: 3, trials: plan.trials, goal: settings.goal });
    const work = async (): Promise<void> => {
      if (before !== '') {
        await journal.append({ type: 'resumed' });
        state.apply({ type: 'resumed' });
      }
      await runStudy({
        state,
        space,
        sampler,
        lag,
        judge,
        trials: plan.trials,
        tasks: { ofTrial: (trial, params) => tasksOf(trial, params), ofBaseline: () => tasksOf(null, {}) },
        executor: this.createExecutor(),
        journal,
        baseline: true,
        limits: plan.limits,
        wallMs: undefined,
        reporters: new Reporters([]),
        signal: controller.signal,
      });
    };
    const running = work();
    const endMs = stops ? clock.nowMs + random.integer(limited(plan) ? 2000 : 300) : Number.POSITIVE_INFINITY;
    if (await clock.passUntil(running, endMs)) return journal.text;
    if (random.uniform() < 0.3) {
      this.count('interrupted');
      controller.abort();
      await clock.passUntil(running, Number.POSITIVE_INFINITY);
      return journal.text;
    }
    this.count('killed');
    clock.forgetAll();
    return journal.killed();
  }

  private createExecutor(): FaultyExecutor {
    const { clock, plan, random, schedule } = this;
    const slots = schedule === UNDISTURBED ? 1 : 1 + random.integer(8);
    return new FaultyExecutor({
      slots,
      capacity: limited(plan) ? slots : slots * (1 + random.integer(3)),
      clock,
      random,
      rates: schedule.rates,
      behaviourOf: (task) => behaviourOf(plan, task),
      onFault: (fault: Fault) => this.count(fault),
    });
  }

  private history(state: StudyState): { readonly judge: PruningJudge | undefined; readonly lag: number | undefined } {
    const { pruning, sampler } = this.plan;
    return {
      judge: pruning && new PruningJudge(createPruner(pruning, this.settings.goal), state, LAG),
      lag: sampler.adaptive || pruning !== undefined ? LAG : undefined,
    };
  }

  private replay(text: string): StudyState {
    const state = new StudyState(this.settings);
    for (const event of this.eventsOf(text)) state.apply(event);
    return state;
  }

  private eventsOf(text: string): readonly JournalEvent[] {
    const events: JournalEvent[] = [];
    decodeJournal(Buffer.from(text), 'memory', (event) => events.push(event));
    return events;
  }

  private count(fault: string): void {
    this.faults.set(fault, (this.faults.get(fault) ?? 0) + 1);
  }
}

function isFinished({ status }: StudyState): boolean {
  return status === 'finished';
}

function hashOf(state: StudyState): string {
  const leaderboard = JSON.stringify(buildLeaderboard(state, { times: false }));
  return createHash('sha256').update(leaderboard).digest('hex');
}
