/** At most this many floats are allocated at once: 16 MB. */
const CHUNK_FLOATS = 2 ** 22;

/**
 * Memory for kernel rows, kept from one machine of a fit to the next: a fit with many classes would otherwise leave
 * hundreds of megabytes to the garbage collector.
 */
export class RowMemory {
  readonly limitBytes: number;
  private readonly chunkFloats: number;
  private readonly chunks: Float32Array[] = [];

  /** @param limitBytes bound on the rows of one machine. @param longest length of the longest row of any machine. */
  constructor(limitBytes: number, longest: number) {
    this.limitBytes = limitBytes;
    this.chunkFloats = Math.max(longest, Math.min(CHUNK_FLOATS, longest * longest));
  }

  /** Row number `slot` of a machine with rows of this length; every machine gets the same memory. */
  slot(slot: number, length: number): Float32Array {
    const slotsPerChunk = Math.floor(this.chunkFloats / Math.max(1, length));
    const at = Math.floor(slot / slotsPerChunk);
    this.chunks[at] ??= new Float32Array(this.chunkFloats);
    const from = (slot % slotsPerChunk) * length;
    return this.chunks[at].subarray(from, from + length);
  }
}
