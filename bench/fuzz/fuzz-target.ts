import type fc from 'fast-check';

/** What reads input that nobody has checked before, and what must hold of it for any input. */
export interface FuzzTarget<Input> {
  readonly name: string;
  readonly inputs: fc.Arbitrary<Input>;
  /** @throws when the reader does something else than to accept the input or to refuse it with a message. */
  check(input: Input): Promise<void> | void;
  /** As a failure is reported. */
  show(input: Input): string;
  /** How many inputs the short test takes. */
  readonly fewRuns: number;
}

/** Whatever the type of its input. */
export interface AnyTarget {
  readonly name: string;
  readonly fewRuns: number;
  /** @param visit is given every input and what it took. @returns undefined, or the failure with its shrunk input. */
  run(options: FuzzRun, visit?: (elapsedMs: number) => void): Promise<string | undefined>;
}

export interface FuzzRun {
  readonly seed: number;
  readonly runs: number;
  /** When to stop even so. */
  readonly mostMs?: number;
}
