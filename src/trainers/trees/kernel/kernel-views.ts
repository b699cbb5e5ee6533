/** The memory of a kernel as numbers of each kind. */
export interface KernelViews {
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  readonly singles: Float32Array;
  readonly doubles: Float64Array;
}

export function viewsOf(buffer: ArrayBuffer): KernelViews {
  return {
    bytes: new Uint8Array(buffer),
    words: new Int32Array(buffer),
    singles: new Float32Array(buffer),
    doubles: new Float64Array(buffer),
  };
}
