import { InterruptedError } from '../errors.js';

/** Signals that ask a study to stop. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What is needed of `process`. */
export interface SignalTarget {
  on(name: NodeJS.Signals, listener: () => void): unknown;
  off(name: NodeJS.Signals, listener: () => void): unknown;
  exit(code: number): void;
}

export interface Interrupts {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** Gives the signals back their usual effect. */
  release(): void;
}

/**
 * The first signal asks for a clean stop, the second one ends the process at once.
 * @param onFirst called once, to tell the user.
 */
export function catchInterrupts(onFirst: () => void, target: SignalTarget = process): Interrupts {
  const controller = new AbortController();
  const handle = (): void => {
    if (controller.signal.aborted) {
      target.exit(new InterruptedError('ended by a second signal').exitCode);
      return;
    }
    controller.abort();
    onFirst();
  };
  for (const name of SIGNALS) target.on(name, handle);
  return {
    signal: controller.signal,
    release() {
      for (const name of SIGNALS) target.off(name, handle);
    },
  };
}
