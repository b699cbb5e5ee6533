import { type GenericBar, MultiBar } from 'cli-progress';
import { compactParams } from '../../leaderboard/compact-values.js';
import type { StudyState } from '../../study/study-state.js';
import type { FoldTask } from '../../validation/fold-task.js';
import { visibleText } from '../../visible-text.js';
import { readableDuration } from '../readable-duration.js';
import type { ProgressDisplay, ProgressStream } from './progress-display.js';
import { countText, type ProgressSnapshot, StudyProgress } from './study-progress.js';
import { Utilisation } from './utilisation.js';

const REDRAWS_PER_SECOND = 5;
const BAR_WIDTH = 24;
/** Lines that stay free for the prompt and what stood above. */
const SPARE_LINES = 6;

type Row = (width: number) => string;

/** Progress on a terminal: trials, folds, the best so far, and a row a worker with what it runs. */
export class TerminalProgress implements ProgressDisplay {
  private readonly stream: ProgressStream;
  private readonly now: () => number;
  private readonly running: ({ readonly task: FoldTask; readonly startMs: number } | undefined)[] = [];
  private bars: MultiBar | undefined;
  private latest: ProgressSnapshot | undefined;
  private startMs = 0;
  private utilisation: Utilisation | undefined;
  private readonly stopOnExit = (): void => this.stop();

  constructor(stream: ProgressStream, now: () => number = () => performance.now()) {
    this.stream = stream;
    this.now = now;
  }

  onStart(state: StudyState, slots: number): void {
    this.startMs = this.now();
    this.utilisation = new Utilisation(slots, this.startMs);
    const progress = new StudyProgress(state, this.startMs);
    const bars = new MultiBar({
      stream: this.stream,
      fps: REDRAWS_PER_SECOND,
      hideCursor: true,
      clearOnComplete: true,
      // A note moves the rows down: all of them are drawn anew.
      forceRedraw: true,
    });
    bars.on('update-pre', () => {
      this.latest = progress.snapshot(this.now());
    });
    this.latest = progress.snapshot(this.startMs);
    this.bars = bars;
    this.addRow(() => this.trialsRow(this.latest!));
    this.addRow(() => this.foldsRow(this.latest!));
    this.addRow(() => `best    ${this.latest!.best ?? 'no score yet'}`);
    const rows = Math.max(1, Math.min(slots, (this.stream.rows ?? 24) - SPARE_LINES));
    for (let slot = 0; slot < rows; slot++) this.addRow(() => this.workerRow(slot, state));
    if (rows < slots) this.addRow(() => `        and ${slots - rows} more workers`);
    process.once('exit', this.stopOnExit);
  }

  onSlot(slot: number, task: FoldTask | undefined): void {
    this.utilisation?.onSlot(slot, task, this.now());
    this.running[slot] = task === undefined ? undefined : { task, startMs: this.now() };
  }

  async onEnd(): Promise<void> {
    this.stop();
    const busy = this.utilisation?.text(this.now());
    if (busy) this.note(`took ${readableDuration(this.now() - this.startMs)} · ${busy}`);
  }

  note(text: string): void {
    if (this.bars === undefined) this.stream.write(`${text}\n`);
    else this.bars.log(`${text}\n`);
  }

  stop(): void {
    const bars = this.bars;
    if (bars === undefined) return;
    // A pending note is written before the rows are cleared.
    bars.update();
    bars.stop();
    this.bars = undefined;
    process.off('exit', this.stopOnExit);
  }

  private addRow(row: Row): void {
    const format = (_options: unknown, params: { readonly maxWidth: number }) =>
      cutLine(row(params.maxWidth), params.maxWidth);
    const bar: GenericBar = this.bars!.create(1, 0, {}, { format });
    bar.update(0);
  }

  private trialsRow({ trialsDone, trialsPlanned, failed, leftMs }: ProgressSnapshot): string {
    const parts = [countText(trialsDone, trialsPlanned, 'done')];
    if (failed > 0) parts.push(`${failed} failed`);
    parts.push(readableDuration(this.now() - this.startMs));
    if (leftMs !== undefined) parts.push(`${readableDuration(leftMs)} left`);
    return `trials  ${bar(trialsDone, trialsPlanned)}${parts.join(' · ')}`;
  }

  private foldsRow({ foldsDone, foldsPlanned }: ProgressSnapshot): string {
    return `folds   ${bar(foldsDone, foldsPlanned)}${countText(foldsDone, foldsPlanned, 'done')}`;
  }

  private workerRow(slot: number, state: StudyState): string {
    const name = `worker ${slot + 1}`.padEnd(8);
    const current = this.running[slot];
    if (current === undefined) return `${name} idle`;
    const { task, startMs } = current;
    const { foldCount } = state.settings;
    const what = task.trial === null ? 'baseline' : `trial ${task.trial}`;
    const part = task.fold >= foldCount ? 'holdout' : `fold ${task.fold + 1}/${foldCount}`;
    const params = task.trial === null ? '' : compactParams(state.params(task.trial));
    return `${name} ${what} ${part} ${readableDuration(this.now() - startMs)} ${visibleText(task.model)} ${params}`.trimEnd();
  }
}

function bar(done: number, planned: number | undefined): string {
  if (planned === undefined) return '';
  const filled = planned === 0 ? BAR_WIDTH : Math.min(BAR_WIDTH, Math.floor((BAR_WIDTH * done) / planned));
  return `[${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}] `;
}

/** One column stays free: some terminals wrap when the last one is written. */
function cutLine(text: string, width: number): string {
  return text.length < width ? text : `${text.slice(0, Math.max(0, width - 2))}…`;
}
