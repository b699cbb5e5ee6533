import { startWasm, type WasmInstance } from '../start-wasm.js';
import type { Points } from './kernel.js';
import { fillPanels, PANEL_WIDTH, panelCount } from './panels.js';
import { type RowEngine, ScalarRowEngine } from './row-engine.js';
import { ROW_ENGINE_MODULE } from './row-engine-module.js';

interface RowExports {
  dots(point: number, panels: number, panelCount: number, columns: number, out: number): void;
  gaussians(point: number, panels: number, panelCount: number, columns: number, out: number): void;
}

/** Four points an instruction; the same bits as ScalarRowEngine. */
export class WasmRowEngine implements RowEngine {
  private readonly exports: RowExports;
  private readonly buffer: ArrayBuffer;
  private panelCount = 0;
  private columns = 0;
  private panelsAt = 0;
  private outAt = 0;
  private point = new Float32Array(0);
  private out = new Float32Array(0);

  constructor({ buffer, exports }: WasmInstance<RowExports>) {
    this.buffer = buffer;
    this.exports = exports;
  }

  load(points: Points): void {
    const { rows, columns } = points;
    const { buffer } = this;
    this.columns = columns;
    this.panelCount = panelCount(rows);
    this.panelsAt = Math.ceil(columns / PANEL_WIDTH) * PANEL_WIDTH * 4;
    const panelFloats = this.panelCount * PANEL_WIDTH * columns;
    this.outAt = this.panelsAt + panelFloats * 4;
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

/** The fastest engine for point sets up to this size: WebAssembly where the runtime has its vector instructions. */
export function createRowEngine(rows: number, columns: number): RowEngine {
  const instance = startWasm<RowExports>(ROW_ENGINE_MODULE, bytesNeeded(rows, columns));
  return instance === undefined ? new ScalarRowEngine() : new WasmRowEngine(instance);
}
