import { resolve } from 'node:path';
import { UsageError } from '../errors.js';
import { type Objective, ObjectiveExecutor } from '../executors/objective-executor.js';
import type { JournalStore } from '../journal/journal-store.js';
import type { StudySettings } from '../journal/study-settings.js';
import { VolatileJournal } from '../journal/volatile-journal.js';
import { createPruner } from '../pruners/index.js';
import { LeaderboardWriter } from '../runs/leaderboard-writer.js';
import { IN_CODE, openRun, requireSameStudy } from '../runs/open-run.js';
import { plannedTrials } from '../runs/prepare-study.js';
import { readStoredRun } from '../runs/read-run.js';
import { holdsRun, LockedFolder } from '../runs/run-folder.js';
import { isFinished, type RunResult, requireContinuable, type TuneOptions } from '../runs/tune.js';
import type { Parameter } from '../space/parameter.js';
import { type BareSpec, bareSpecFromObject } from '../spec/bare-spec.js';
import { PruningJudge } from '../study/pruning-judge.js';
import type { Reporter } from '../study/reporter.js';
import { Reporters } from '../study/reporters.js';
import { runStudy } from '../study/study-loop.js';
import { StudyState } from '../study/study-state.js';
import { createSearch, type ObjectiveSearch } from './create-search.js';
import { createObjectiveTasks } from './objective-tasks.js';

/** Without `out` there is no folder. */
export type ObjectiveRun = Omit<RunResult, 'folder'> & { readonly folder: string | undefined };

/**
 * Runs a study whose trials are calls of a function in this process: in a run folder where `out` is given, else in memory.
 * @throws CmlError
 */
export async function tuneObjective(spec: BareSpec, objective: Objective, options: TuneOptions): Promise<ObjectiveRun> {
  const study = new ObjectiveStudy(spec, objective, options);
  if (options.out !== undefined) return await study.runInFolder(resolve(options.out));
  const state = new StudyState(study.settings);
  await study.run({ state, journal: new VolatileJournal(), spentMs: 0, reporters: [] });
  return { state, folder: undefined, alreadyFinished: false };
}

/** Where a study is written down. */
interface Record {
  readonly state: StudyState;
  readonly journal: JournalStore;
  /** Milliseconds it has been running before. */
  readonly spentMs: number;
  readonly reporters: readonly Reporter[];
}

class ObjectiveStudy {
  readonly settings: StudySettings;
  private readonly spec: BareSpec;
  private readonly search: ObjectiveSearch;
  private readonly executor: ObjectiveExecutor;
  private readonly options: TuneOptions;

  constructor(spec: BareSpec, objective: Objective, options: TuneOptions) {
    this.spec = spec;
    this.options = options;
    this.search = createSearch(spec);
    this.settings = settingsOf(spec);
    this.executor = new ObjectiveExecutor(objective, this.settings.metrics, this.slots());
  }

  /** Begins a run, or continues the one that is there if it is of the same space; the objective is taken on trust. */
  async runInFolder(path: string): Promise<ObjectiveRun> {
    const { spec, settings, options } = this;
    const origin = {
      spec: { source: spec.source, directory: process.cwd() },
      work: { hash: IN_CODE },
      settings,
    };
    const folder = await LockedFolder.open(path);
    try {
      if (options.force === true && holdsRun(path)) {
        options.onNote?.(`the run that was there is kept as ${await folder.setAside()}`);
      }
      const stored = holdsRun(path) ? await readStoredRun(path) : undefined;
      if (stored !== undefined) {
        requireContinuable(stored, spec, bareSpecFromObject(stored.identity.source));
        requireSameStudy(stored, origin);
        if (isFinished(stored, spec)) return { state: stored.state, folder: path, alreadyFinished: true };
      }
      const { state, journal } = await openRun(folder, stored, origin, options.onNote);
      try {
        const reporters = [new LeaderboardWriter(path, { times: options.times })];
        await this.run({ state, journal, spentMs: journal.elapsedMs, reporters });
      } finally {
        await journal.close();
      }
      return { state, folder: path, alreadyFinished: false };
    } finally {
      folder.close();
    }
  }

  async run({ state, journal, spentMs, reporters }: Record): Promise<void> {
    const { spec, search, executor, options } = this;
    const { wallMs, trialMs, foldMs } = spec.budget;
    const { pruning, lag } = spec.search;
    await runStudy({
      state,
      space: spec.space,
      sampler: search.sampler,
      lag: this.waits ? lag : undefined,
      judge: pruning && new PruningJudge(createPruner(pruning, spec.objective.goal), state, lag),
      trials: spec.search.trials,
      tasks: createObjectiveTasks(spec.seed),
      executor,
      journal,
      baseline: false,
      limits: { trialMs, foldMs },
      wallMs: wallMs === undefined ? undefined : wallMs - spentMs,
      reporters: new Reporters([...(options.reporters ?? []), ...reporters]),
      signal: options.signal ?? new AbortController().signal,
    });
  }

  /** Whether a trial reads results of earlier ones. */
  private get waits(): boolean {
    return this.search.adaptive || this.spec.search.pruning !== undefined;
  }

  /** @throws UsageError */
  private slots(): number {
    const { workers = 1, onNote } = this.options;
    const { search, repeats } = this.spec;
    if (!Number.isInteger(workers) || workers < 1) {
      throw new UsageError(`workers must be a whole number >= 1, got ${workers}`, {
        hint: 'it is how many calls of the objective may be under way at a time',
      });
    }
    if (this.waits && workers > search.lag * repeats) {
      const needed = Math.ceil(workers / repeats);
      onNote?.(`${workers} workers are more than search.lag ${search.lag} keeps busy: that needs lag ${needed}`);
    }
    return workers;
  }
}

function settingsOf(spec: BareSpec): StudySettings {
  const { objective, space, search, budget } = spec;
  return {
    name: spec.name,
    metrics: [objective.metric, ...objective.also],
    goal: objective.goal,
    foldCount: spec.repeats,
    planned: plannedTrials(spec, search.initial),
    patience: budget.patience,
    target: objective.target,
    holdoutRows: 0,
    parameters: space.parameters.filter((parameter) => !isModelColumn(parameter)).map((parameter) => parameter.name),
  };
}

/** A parameter of that name has a column of its own on every leaderboard, for words. */
function isModelColumn({ name, domain }: Parameter): boolean {
  if (name !== 'model') return false;
  const values = domain.kind === 'categorical' ? domain.values : domain.kind === 'constant' ? [domain.value] : [0];
  return values.every((value) => typeof value === 'string');
}
