import { UsageError } from '../errors.js';
import type { StopReason } from '../journal/journal-event.js';
import { createSearch, type StudySearch } from '../runs/create-search.js';
import type { BareSpec } from '../spec/bare-spec.js';
import { leads, reachesTarget } from '../study/stop-rule.js';
import type { TrialView } from '../study/study-state.js';
import type { CompletedTrial, EndedTrial, Params } from '../trial.js';
import { endedTrial, type ToldResult } from './told-result.js';

/** A trial to evaluate. */
export interface Proposal<P extends Params = Params> {
  /** From 0; by it the result is told. */
  readonly number: number;
  /** The active parameters. Frozen. */
  readonly params: P;
}

/** A trial that was asked for; `running` until its result is told. */
export type StudyTrial<P extends Params = Params> = TrialView & { readonly params: P };

/** The leading trial. */
export type BestTrial<P extends Params = Params> = CompletedTrial & { readonly params: P };

/**
 * A search whose trials the caller evaluates, in any order, any number at a time. A proposal reads every result told so
 * far; what was asked for and not told is in flight, and kept at a distance. It depends on seed, space, the trials asked
 * for and the results told, not on the order of telling, on time or on the machine. No configuration comes twice.
 */
export class Study<P extends Params = Params> {
  private readonly spec: BareSpec;
  private readonly search: StudySearch;
  private readonly startMs = performance.now();
  private readonly asked: TrialView[] = [];
  private readonly keys = new Set<string>();
  private readonly has = (key: string): boolean => this.keys.has(key);
  /** In trial order. */
  private readonly ended: EndedTrial[] = [];
  /** In trial order. */
  private readonly pending = new Map<number, Proposal>();
  private leader: EndedTrial | undefined;
  private stop: StopReason | undefined;

  constructor(spec: BareSpec) {
    this.spec = spec;
    this.search = createSearch(spec, spec.objective.goal, spec.search.initial);
  }

  /** @returns the next trial to evaluate; undefined when the study is over, for the reason in `stopped`. */
  ask(): Proposal<P> | undefined {
    this.stop ??= this.reasonToStop();
    if (this.stop !== undefined) return undefined;
    const number = this.asked.length;
    const { sampler, adaptive } = this.search;
    const history = adaptive
      ? { ended: this.ended, pending: [...this.pending.values()], has: this.has }
      : { ended: [], pending: [], has: this.has };
    const params = sampler.suggest(number, history);
    if (params === undefined) {
      this.stop = 'exhausted';
      return undefined;
    }
    this.keys.add(this.spec.space.key(params));
    const proposal = { number, params: Object.freeze(params) };
    this.pending.set(number, proposal);
    this.asked.push({ ...proposal, state: 'running', score: undefined, reason: undefined, folds: [] });
    // The space gives nothing else, and the spec was the source of the type.
    return proposal as Proposal<P>;
  }

  /**
   * Tells the result of a trial that was asked for, also when the study is over. A value that is not finite, such as
   * NaN, makes a failed trial.
   * @throws UsageError for a trial that was not asked for or was told before, and for what is no result; nothing has
   *   changed then.
   */
  tell(number: number, result: ToldResult): void {
    const proposal = this.pending.get(number);
    if (proposal === undefined) throw this.notInFlight(number);
    const trial = endedTrial(number, proposal.params, result);
    this.pending.delete(number);
    this.asked[number] = trial;
    this.ended.splice(this.ended.findLastIndex((earlier) => earlier.number < number) + 1, 0, trial);
    if (leads(trial, this.leader, this.spec.objective.goal)) this.leader = trial;
  }

  /** The best trial told, the lower number first among equals; undefined while none has a value. */
  get best(): BestTrial<P> | undefined {
    return this.leader as BestTrial<P> | undefined;
  }

  /** Every trial that was asked for, by number, as of now. */
  get trials(): readonly StudyTrial<P>[] {
    return [...this.asked] as StudyTrial<P>[];
  }

  /** Why `ask` gave undefined; undefined as long as it has not. */
  get stopped(): StopReason | undefined {
    return this.stop;
  }

  private reasonToStop(): StopReason | undefined {
    const { search, objective, budget } = this.spec;
    if (reachesTarget(this.leader?.score, objective)) return 'target';
    if (budget.patience !== undefined && this.endedAfterBest() >= budget.patience) return 'patience';
    if (search.trials !== undefined && this.asked.length >= search.trials) return 'trials';
    if (budget.wallMs !== undefined && performance.now() - this.startMs >= budget.wallMs) return 'wall';
    return undefined;
  }

  private endedAfterBest(): number {
    const number = this.leader?.number ?? -1;
    return this.ended.length - 1 - this.ended.findLastIndex((trial) => trial.number <= number);
  }

  private notInFlight(number: number): UsageError {
    const trial = this.asked[number];
    if (trial === undefined) {
      const count = this.asked.length;
      const asked = count === 0 ? 'none so far' : `so far 0 to ${count - 1}`;
      return new UsageError(`trial ${String(number)} was never asked for (${asked})`, {
        hint: 'tell the `number` that ask() gave',
      });
    }
    return new UsageError(`trial ${number} was told before: ${trial.reason ?? trial.score}`, {
      hint: 'a result counts once; ask for another trial',
    });
  }
}
