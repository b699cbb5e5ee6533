/** How a worker process ended. */
export interface WorkerExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What it could not start with, in place of both. */
  readonly startError?: string;
  /** The last lines that it printed. */
  readonly lastLines: string;
  /** Its JavaScript heap reached its limit. */
  readonly heapFull: boolean;
  /** The run on whose account it exited by itself, where it said so. */
  readonly blamedRun?: number;
  /** In its own words. */
  readonly ownReason?: string;
  /** Bytes that it held when it was ended for taking too much memory. */
  readonly overMemoryBytes?: number;
}

/** Nothing that a program does to itself by accident. */
const SENT_BY_OTHERS: ReadonlySet<string> = new Set(['SIGKILL', 'SIGTERM', 'SIGHUP', 'SIGINT']);
/** Whether it was killed from outside, as opposed to having ended by itself. */
export function killedFromOutside({ signal, overMemoryBytes }: WorkerExit): boolean {
  return signal !== null && overMemoryBytes === undefined && SENT_BY_OTHERS.has(signal);
}

/** `exited with 7`, `killed by SIGSEGV`, and its last lines where it left some. */
export function describeExit(exit: WorkerExit): string {
  const { code, signal, startError, lastLines, ownReason } = exit;
  if (startError !== undefined) return startError;
  const status = signal === null ? `exited with ${code}` : `killed by ${signal}`;
  if (ownReason !== undefined) return `${status}: ${ownReason}`;
  return lastLines === '' ? status : `${status}; its last lines:\n${lastLines}`;
}
