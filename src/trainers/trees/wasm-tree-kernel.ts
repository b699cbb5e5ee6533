import { createScalarTreeKernel } from './scalar-tree-kernel.js';
import type { TreeKernel } from './tree-kernel.js';
import { TREE_KERNEL_MODULE } from './tree-kernel-module.js';

/** What is used of the runtime's WebAssembly, absent where it is switched off; the compiler's libraries lack it. */
interface WasmApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Instance: new (
    module: object,
    imports: { env: { memory: object } },
  ) => { readonly exports: Omit<TreeKernel, 'buffer'> };
}

const PAGE_BYTES = 65536;
/** What 32-bit addresses reach, less a page. */
const MEMORY_LIMIT_BYTES = 2 ** 32 - PAGE_BYTES;

/** @param byteLength of its memory, which is zero. @returns undefined where the runtime cannot run it. */
export function createWasmTreeKernel(byteLength: number): TreeKernel | undefined {
  const api = (globalThis as { WebAssembly?: WasmApi }).WebAssembly;
  if (api === undefined || byteLength > MEMORY_LIMIT_BYTES) return undefined;
  const module = compile(api);
  if (module === undefined) return undefined;
  const memory = new api.Memory({ initial: Math.ceil(byteLength / PAGE_BYTES) });
  const { exports } = new api.Instance(module, { env: { memory } });
  return { buffer: memory.buffer, ...exports };
}

/** The fastest kernel for a memory of this size: one for a whole fit, for every module's memory reserves gigabytes of address space. */
export function createTreeKernel(byteLength: number): TreeKernel {
  return createWasmTreeKernel(byteLength) ?? createScalarTreeKernel(byteLength);
}

/** Only a runtime without vector instructions refuses the module; asking first costs as much as compiling. */
function compile(api: WasmApi): object | undefined {
  try {
    return new api.Module(Buffer.from(TREE_KERNEL_MODULE, 'base64'));
  } catch {
    return undefined;
  }
}
