import { AsyncLocalStorage } from 'node:async_hooks';
// The global one is within reach of the modules that this process runs.
import { performance } from 'node:perf_hooks';
import { DamagedPlanFile } from '../cache/plan-file.js';
import type { FoldOutcome } from '../trial.js';
import type { FoldTask } from '../validation/fold-task.js';
import { reasonOf } from '../validation/objective-result.js';
import { endChildren } from './end-children.js';
import type { RunAnswer, SetUpResult, WorkerNotice, WorkerRequest, WorkerSetup } from './process-messages.js';
import type { TaskContext, TaskRunner } from './task-runner.js';

// The global one is within reach of the modules that this process runs.
const Controller = AbortController;

type Handler = (request: WorkerRequest) => Promise<SetUpResult | RunAnswer>;

/**
 * Turns this process into a worker.
 * @param loadRunner called once, before the first task. @throws DamagedPlanFile to have the plan's file written anew.
 * @returns the function that answers the requests of the pool.
 */
export function serveTasks(loadRunner: (setup: WorkerSetup) => Promise<TaskRunner>): Handler {
  const current = new AsyncLocalStorage<number>();
  const send = sender();
  surviveTerminal();
  announceExits(current, send);
  let runner: TaskRunner | undefined;

  return async function answer(request) {
    if (request.kind === 'set-up') {
      try {
        runner = await loadRunner(request.setup);
        return {};
      } catch (error) {
        if (error instanceof DamagedPlanFile) return { damage: error.message };
        throw error;
      }
    }
    const { run, tasks, announce } = request;
    if (announce) send({ notice: 'started', run });
    const startMs = performance.now();
    const outcomes: FoldOutcome[] = [];
    for (const [index, task] of tasks.entries()) {
      outcomes.push(await current.run(run, () => evaluate(runner!, task, contextOf(run, index, send))));
    }
    return { outcomes, elapsedMs: performance.now() - startMs };
  };
}

async function evaluate(runner: TaskRunner, task: FoldTask, context: RunContext): Promise<FoldOutcome> {
  try {
    return await runner(task, context);
  } catch (thrown) {
    return { state: 'failed', reason: reasonOf(thrown) };
  } finally {
    context.end();
  }
}

type Send = (notice: WorkerNotice, sent?: () => void) => void;

/** Bound now: users' code may do what it likes to `process`. */
function sender(): Send {
  const send = process.send!.bind(process);
  return (notice, sent = () => {}) => {
    // Fails only when the parent is gone, and then this process goes too.
    if (process.connected) send(notice, undefined, undefined, sent);
    else sent();
  };
}

/** What the terminal tells all of its processes, the parent decides upon; without a parent there is nothing to do. */
function surviveTerminal(): void {
  process.on('SIGINT', () => {});
  process.on('SIGHUP', () => {});
  process.on('disconnect', () => process.exit());
}

/** What escapes from a task ends this process, because nobody knows what it leaves behind. */
function announceExits(current: AsyncLocalStorage<number>, send: Send): void {
  let announced = false;
  const announce = (reason: string | undefined, sent?: () => void) => {
    const run = current.getStore();
    announced = true;
    send({ notice: 'exiting', ...(run !== undefined && { run }), ...(reason !== undefined && { reason }) }, sent);
  };
  const exit = process.exit.bind(process);
  process.on('uncaughtException', (error: unknown, origin) => {
    if (announced) return;
    const kind = origin === 'unhandledRejection' ? 'unhandled rejection' : 'uncaught error';
    announce(`${kind}: ${reasonOf(error)}`, () => exit(1));
  });
  process.on('exit', () => {
    if (!announced) announce(undefined);
    endChildren();
  });
}

interface RunContext extends TaskContext {
  end(): void;
}

function contextOf(run: number, task: number, send: Send): RunContext {
  let stop: { readonly signal: AbortSignal; readonly end: () => void } | undefined;
  return {
    get signal() {
      stop ??= stopOnTermination();
      return stop.signal;
    },
    announceGroup(leader) {
      send({ notice: 'group', leader });
      return () => send({ notice: 'group-ended', leader });
    },
    report(step, value) {
      send({ notice: 'report', run, task, step, value });
    },
    end() {
      stop?.end();
    },
  };
}

/** Turns SIGTERM into a signal for one task, and dies of it when that task has come to its end. */
function stopOnTermination(): { readonly signal: AbortSignal; readonly end: () => void } {
  const controller = new Controller();
  const abort = () => controller.abort();
  process.on('SIGTERM', abort);
  return {
    signal: controller.signal,
    end() {
      process.off('SIGTERM', abort);
      if (!controller.signal.aborted) return;
      process.removeAllListeners('SIGTERM');
      process.kill(process.pid, 'SIGTERM');
    },
  };
}
