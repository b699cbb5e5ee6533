import type { JournalEvent } from '../journal/journal-event.js';
import type { FoldOutcome } from '../trial.js';
import { FoldDispatcher } from './fold-dispatcher.js';
import { Proposer } from './proposer.js';
import type { StudyParts } from './study-parts.js';

/**
 * Runs a study to its end, or until the signal stops it: proposes trials, keeps the executor busy with their folds,
 * writes every outcome to the journal before it counts, and stops where the results or the clock demand it.
 * @throws what breaks the study as a whole; what the journal holds by then is safe.
 */
export async function runStudy(parts: StudyParts): Promise<void> {
  await new StudyLoop(parts).run();
}

/** Why no more trials are wanted. The user's wish goes before a reason of the study's own, a failure before all. */
type Ending = 'decided' | 'wall' | 'interrupted' | 'failed';
const PRECEDENCE: Readonly<Record<Ending, number>> = { decided: 1, wall: 1, interrupted: 2, failed: 3 };

const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

class StudyLoop {
  private readonly parts: StudyParts;
  private readonly proposer: Proposer;
  private readonly dispatcher: FoldDispatcher;
  private ending: Ending | undefined;
  private failure: unknown;
  private wake: () => void = () => {};
  /** Outcomes on their way to the journal. */
  private unwritten = 0;

  constructor(parts: StudyParts) {
    this.parts = parts;
    this.proposer = new Proposer(parts);
    this.dispatcher = new FoldDispatcher(parts, {
      ended: (trial, fold, outcome) => this.foldEnded(trial, fold, outcome),
      cancelled: () => this.wake(),
      failed: (error) => this.fail(error),
    });
  }

  async run(): Promise<void> {
    const { state, executor, reporters, signal } = this.parts;
    const stop = () => this.end('interrupted');
    signal.addEventListener('abort', stop);
    reporters.onStart(state, executor.slots);
    try {
      if (signal.aborted) stop();
      await this.search();
      await this.scoreHoldout();
      await this.conclude();
    } catch (error) {
      this.fail(error);
    } finally {
      signal.removeEventListener('abort', stop);
    }
    // A report that cannot be written never hides what went wrong before it.
    await reporters.onEnd(state).catch((error: unknown) => this.fail(error));
    if (this.ending === 'failed') throw this.failure;
  }

  /** Proposes and evaluates until nothing is left to do or wanted, and everything that ended is written. */
  private async search(): Promise<void> {
    const { wallMs } = this.parts;
    const timer =
      wallMs === undefined
        ? undefined
        : setTimeout(() => this.end('wall'), Math.max(0, Math.min(wallMs, LONGEST_TIMEOUT_MS)));
    this.enqueueUnfinished();
    if (this.parts.state.decision !== undefined) this.end('decided');
    for (;;) {
      const changed = new Promise<void>((resolve) => {
        this.wake = resolve;
      });
      this.keepBusy();
      if (this.dispatcher.running === 0 && this.unwritten === 0) break;
      await changed;
    }
    clearTimeout(timer);
  }

  /** After a resume: what was proposed and has not ended. The baseline comes first, for it is quick. */
  private enqueueUnfinished(): void {
    const { state, baseline, tasks } = this.parts;
    if (baseline && state.baseline === undefined) this.dispatcher.enqueue(null, tasks.ofBaseline());
    for (let trial = 0; trial < state.proposed; trial++) {
      if (state.ended(trial) === undefined) {
        this.dispatcher.enqueue(trial, tasks.ofTrial(trial, state.params(trial)));
      }
    }
  }

  private keepBusy(): void {
    while (!this.halted && this.dispatcher.hasRoom) {
      if (this.dispatcher.startNext()) continue;
      const proposal = this.ending === undefined ? this.proposer.next() : undefined;
      if (proposal === undefined) return;
      const { number, params } = proposal;
      // Later events wait for this one in the journal, so nothing that depends on it can become durable before it.
      void this.record({ type: 'trial', trial: number, params }).catch((error: unknown) => this.fail(error));
      this.dispatcher.enqueue(number, this.parts.tasks.ofTrial(number, params));
    }
  }

  private async foldEnded(trial: number | null, fold: number, outcome: FoldOutcome): Promise<void> {
    const { state } = this.parts;
    this.unwritten++;
    this.wake();
    try {
      await this.record({ type: 'fold', trial, fold, outcome });
      if (trial !== null && state.ended(trial) !== undefined) this.dispatcher.forget(trial);
      if (state.decision !== undefined) this.end('decided');
    } catch (error) {
      this.fail(error);
    } finally {
      this.unwritten--;
      this.wake();
    }
  }

  /** Refits the winner on every row of the search and scores it on the rows held out. */
  private async scoreHoldout(): Promise<void> {
    const { state, tasks } = this.parts;
    const { holdoutRows, foldCount } = state.settings;
    const winner = state.best;
    if (this.halted || holdoutRows === 0 || winner === undefined || state.holdout !== undefined) return;
    const { number, params } = winner;
    const outcome = await this.dispatcher.runNow(number, foldCount, tasks.ofTrial(number, params));
    if (outcome !== undefined) await this.record({ type: 'holdout', trial: number, outcome });
  }

  private async conclude(): Promise<void> {
    if (this.ending === 'failed') return;
    if (this.ending === 'interrupted') return await this.record({ type: 'interrupted' });
    const reason = this.ending === 'wall' ? 'wall' : (this.parts.state.decision?.reason ?? this.proposer.reason);
    await this.record({ type: 'finished', reason });
  }

  /** A proposal is applied at once, for it depends on nothing; a result only when it is durable. */
  private async record(event: JournalEvent): Promise<void> {
    const { journal, state, reporters } = this.parts;
    const durable = journal.append(event);
    if (event.type === 'trial') state.apply(event);
    await durable;
    if (event.type !== 'trial') state.apply(event);
    reporters.onEvent(event, state);
  }

  /** Stopped from outside, or broken. */
  private get halted(): boolean {
    return this.ending === 'interrupted' || this.ending === 'failed';
  }

  private end(ending: Ending): void {
    if (this.ending !== undefined && PRECEDENCE[ending] <= PRECEDENCE[this.ending]) return;
    this.ending = ending;
    if (this.halted) this.dispatcher.dropAll();
    else this.dispatcher.dropTrials();
    this.wake();
  }

  private fail(error: unknown): void {
    this.failure ??= error;
    this.end('failed');
  }
}
