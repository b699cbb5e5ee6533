import type { Points } from './kernel.js';
import { fillPanels, PANEL_WIDTH, panelCount } from './panels.js';
import { type RowEngine, ScalarRowEngine } from './row-engine.js';
import { ROW_ENGINE_MODULE } from './row-engine-module.js';

interface RowExports {
  dots(point: number, panels: number, panelCount: number, columns: number, out: number): void;
  gaussians(point: number, panels: number, panelCount: number, columns: number, out: number): void;
}

interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** What is used of the runtime's WebAssembly, absent where it is switched off; the compiler's libraries lack it. */
interface WasmApi {
  readonly validate: (bytes: Uint8Array) => boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (size: { initial: number }) => WasmMemory;
  readonly Instance: new (module: object, imports: { env: { memory: object } }) => { readonly exports: RowExports };
}

/** A compiled module, and what runs it. */
export interface RowModule {
  readonly api: WasmApi;
  readonly module: object;
}

const PAGE_BYTES = 65536;

/** The largest memory that a 32-bit WebAssembly module addresses here; more points are left to TypeScript. */
const MEMORY_LIMIT_BYTES = 2 ** 31 - 2 ** 16;

/** Four points an instruction; the same bits as ScalarRowEngine. */
export class WasmRowEngine implements RowEngine {
  private readonly exports: RowExports;
  private readonly memory: WasmMemory;
  private panelCount = 0;
  private columns = 0;
  private panelsAt = 0;
  private outAt = 0;
  private point = new Float32Array(0);
  private out = new Float32Array(0);

  constructor({ api, module }: RowModule) {
    this.memory = new api.Memory({ initial: 1 });
    this.exports = new api.Instance(module, { env: { memory: this.memory } }).exports;
  }

  load(points: Points): void {
    const { rows, columns } = points;
    this.columns = columns;
    this.panelCount = panelCount(rows);
    this.panelsAt = Math.ceil(columns / PANEL_WIDTH) * PANEL_WIDTH * 4;
    const panelFloats = this.panelCount * PANEL_WIDTH * columns;
    this.outAt = this.panelsAt + panelFloats * 4;
    const missing = bytesNeeded(rows, columns) - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE_BYTES));
    const { buffer } = this.memory;
    this.point = new Float32Array(buffer, 0, columns);
    this.out = new Float32Array(buffer, this.outAt, rows);
    const panels = new Float32Array(buffer, this.panelsAt, panelFloats);
    panels.fill(0, (this.panelCount - 1) * PANEL_WIDTH * columns);
    fillPanels(points, panels);
  }

  dots(point: Float32Array, out: Float32Array): void {
    this.point.set(point);
    this.exports.dots(0, this.panelsAt, this.panelCount, this.columns, this.outAt);
    out.set(this.out);
  }

  gaussians(point: Float32Array, out: Float32Array): void {
    this.point.set(point);
    this.exports.gaussians(0, this.panelsAt, this.panelCount, this.columns, this.outAt);
    out.set(this.out);
  }
}

function bytesNeeded(rows: number, columns: number): number {
  return (Math.ceil(columns / PANEL_WIDTH) + panelCount(rows) * (columns + 1)) * PANEL_WIDTH * 4;
}

/**
 * The fastest engine for point sets up to this size: WebAssembly where the runtime has its vector instructions. One
 * serves a whole fit: every memory of a module reserves gigabytes of address space.
 */
export function createRowEngine(rows: number, columns: number): RowEngine {
  const module = bytesNeeded(rows, columns) > MEMORY_LIMIT_BYTES ? undefined : compileRowModule();
  return module === undefined ? new ScalarRowEngine() : new WasmRowEngine(module);
}

/** @returns undefined where the runtime cannot run it. */
export function compileRowModule(): RowModule | undefined {
  const api = (globalThis as { WebAssembly?: WasmApi }).WebAssembly;
  const bytes = Buffer.from(ROW_ENGINE_MODULE, 'base64');
  return api?.validate(bytes) ? { api, module: new api.Module(bytes) } : undefined;
}
