interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** What is used of the runtime's WebAssembly; the compiler's libraries lack it. `E` is what a module exports. */
export interface WasmApi<E> {
  readonly validate: (bytes: Uint8Array) => boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (size: { initial: number }) => WasmMemory;
  readonly Instance: new (module: object, imports: { env: { memory: object } }) => { readonly exports: E };
}

/** @returns undefined where it is switched off. */
export function wasmApi<E>(): WasmApi<E> | undefined {
  return (globalThis as { WebAssembly?: WasmApi<E> }).WebAssembly;
}
