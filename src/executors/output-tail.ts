const TAIL_LINES = 20;
const TAIL_CHARACTERS = 2000;
/** A native stack trace may follow what it was about. */
const KEPT_CHARACTERS = 16_000;

/** The end of what a process prints. */
export class OutputTail {
  private kept = '';
  private readonly decoder = new TextDecoder();

  write(chunk: Uint8Array): void {
    // Of a chunk of megabytes, no more is decoded than can be kept.
    const kept = chunk.subarray(Math.max(0, chunk.length - 4 * KEPT_CHARACTERS));
    this.kept = (this.kept + this.decoder.decode(kept, { stream: true })).slice(-KEPT_CHARACTERS);
  }

  clear(): void {
    this.kept = '';
  }

  get text(): string {
    return this.kept;
  }

  /** Without blank lines around it. */
  get lastLines(): string {
    return this.kept.trim().split('\n').slice(-TAIL_LINES).join('\n').slice(-TAIL_CHARACTERS);
  }
}
