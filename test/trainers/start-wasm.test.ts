import { afterEach, expect, test, vi } from 'vitest';
import { startWasm } from '../../src/trainers/start-wasm.js';
import { TREE_KERNEL_MODULE } from '../../src/trainers/trees/kernel/tree-kernel-module.js';

interface Runtime {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: unknown;
  readonly Memory: unknown;
}

const { Module, Instance, Memory }: Runtime = Reflect.get(globalThis, 'WebAssembly');

afterEach(() => {
  vi.unstubAllGlobals();
});

const started = () => startWasm(TREE_KERNEL_MODULE, 100_000);

test('has memory in whole pages, zero', () => {
  const { buffer } = started()!;
  expect(buffer.byteLength).toBe(2 * 65536);
  expect(new Uint8Array(buffer).every((byte) => byte === 0)).toBe(true);
});

test.each([
  ['WebAssembly is switched off', undefined],
  [
    'the runtime refuses the module',
    {
      Module: class {
        constructor() {
          throw new Error('no vector instructions');
        }
      },
      Instance,
      Memory,
    },
  ],
  [
    'the system does not let it reserve memory',
    {
      Module,
      Instance,
      Memory: class {
        constructor() {
          throw new RangeError('could not allocate memory');
        }
      },
    },
  ],
])('does not run where %s', (_, runtime) => {
  vi.stubGlobal('WebAssembly', runtime);
  expect(started()).toBeUndefined();
});

test('does not run in more memory than 32 bits address', () => {
  expect(startWasm(TREE_KERNEL_MODULE, 2 ** 32)).toBeUndefined();
});
