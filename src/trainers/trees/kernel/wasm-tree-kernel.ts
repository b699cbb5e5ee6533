import { startWasm } from '../../start-wasm.js';
import { createScalarTreeKernel } from './scalar-tree-kernel.js';
import type { TreeKernel } from './tree-kernel.js';
import { TREE_KERNEL_MODULE } from './tree-kernel-module.js';

/** @param byteLength of its memory, which is zero. @returns undefined where the runtime cannot run it. */
export function createWasmTreeKernel(byteLength: number): TreeKernel | undefined {
  const instance = startWasm<Omit<TreeKernel, 'buffer'>>(TREE_KERNEL_MODULE, byteLength);
  return instance && { buffer: instance.buffer, ...instance.exports };
}

/** The fastest kernel for a memory of this size. */
export function createTreeKernel(byteLength: number): TreeKernel {
  return createWasmTreeKernel(byteLength) ?? createScalarTreeKernel(byteLength);
}
