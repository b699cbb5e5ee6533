interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

/** What is used of the runtime's WebAssembly, absent where it is switched off; the compiler's libraries lack it. */
interface WasmApi<E> {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (size: { initial: number }) => WasmMemory;
  readonly Instance: new (module: object, imports: { env: { memory: object } }) => { readonly exports: E };
}

/** A running module, which exports `E`, and its memory, which never grows. */
export interface WasmInstance<E> {
  readonly buffer: ArrayBuffer;
  readonly exports: E;
}

const PAGE_BYTES = 65536;
/** What 32-bit addresses reach, less a page. */
const MEMORY_LIMIT_BYTES = 2 ** 32 - PAGE_BYTES;

/**
 * One serves a whole fit: every memory reserves gigabytes of address space.
 * @param module base64. @param byteLength of its memory, which is zero.
 * @returns undefined where the runtime cannot run the module, its addresses do not reach so far, or the system does not
 * let it reserve that much.
 */
export function startWasm<E>(module: string, byteLength: number): WasmInstance<E> | undefined {
  const api = (globalThis as { WebAssembly?: WasmApi<E> }).WebAssembly;
  if (api === undefined || byteLength > MEMORY_LIMIT_BYTES) return undefined;
  const compiled = compile(api, Buffer.from(module, 'base64'));
  if (compiled === undefined) return undefined;
  const memory = reserve(api, Math.ceil(byteLength / PAGE_BYTES));
  if (memory === undefined) return undefined;
  const { exports } = new api.Instance(compiled, { env: { memory } });
  return { buffer: memory.buffer, exports };
}

function reserve<E>(api: WasmApi<E>, initial: number): WasmMemory | undefined {
  try {
    return new api.Memory({ initial });
  } catch {
    return undefined;
  }
}

/** Only a runtime without vector instructions refuses the module; asking first costs as much as compiling. */
function compile<E>(api: WasmApi<E>, bytes: Uint8Array): object | undefined {
  try {
    return new api.Module(bytes);
  } catch {
    return undefined;
  }
}
