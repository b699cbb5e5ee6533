import type { Points } from './kernel.js';
import { fillPanels, PANEL_WIDTH, panelCount } from './panels.js';
import { expNonPositive } from './single-exp.js';

/**
 * Evaluates one point against the points loaded last, in single precision and in a fixed order of summation (column by
 * column), so that implementations agree to the bit. `out` has as many entries as there are points.
 */
export interface RowEngine {
  /** @param points no more than the engine was made for. */
  load(points: Points): void;
  /** out[j] = point . points[j] */
  dots(point: Float32Array, out: Float32Array): void;
  /** out[j] = exp(-|point - points[j]|^2) */
  gaussians(point: Float32Array, out: Float32Array): void;
}

/** Plain TypeScript: the reference for the WebAssembly engine, and the engine where that one cannot run. */
export class ScalarRowEngine implements RowEngine {
  private panels = new Float32Array(0);
  private rows = 0;
  private columns = 0;

  load(points: Points): void {
    this.rows = points.rows;
    this.columns = points.columns;
    this.panels = new Float32Array(panelCount(points.rows) * PANEL_WIDTH * points.columns);
    fillPanels(points, this.panels);
  }

  dots(point: Float32Array, out: Float32Array): void {
    const { panels, rows, columns } = this;
    const fround = Math.fround;
    for (let row = 0; row < rows; row += 4) {
      const base = Math.floor(row / PANEL_WIDTH) * PANEL_WIDTH * columns + (row % PANEL_WIDTH);
      let s0 = fround(0);
      let s1 = fround(0);
      let s2 = fround(0);
      let s3 = fround(0);
      for (let c = 0, at = base; c < columns; c++, at += PANEL_WIDTH) {
        const x = point[c]!;
        s0 = fround(s0 + fround(x * panels[at]!));
        s1 = fround(s1 + fround(x * panels[at + 1]!));
        s2 = fround(s2 + fround(x * panels[at + 2]!));
        s3 = fround(s3 + fround(x * panels[at + 3]!));
      }
      out[row] = s0;
      if (row + 1 < rows) out[row + 1] = s1;
      if (row + 2 < rows) out[row + 2] = s2;
      if (row + 3 < rows) out[row + 3] = s3;
    }
  }

  gaussians(point: Float32Array, out: Float32Array): void {
    const { panels, rows, columns } = this;
    const fround = Math.fround;
    for (let row = 0; row < rows; row += 4) {
      const base = Math.floor(row / PANEL_WIDTH) * PANEL_WIDTH * columns + (row % PANEL_WIDTH);
      let s0 = fround(0);
      let s1 = fround(0);
      let s2 = fround(0);
      let s3 = fround(0);
      for (let c = 0, at = base; c < columns; c++, at += PANEL_WIDTH) {
        const x = point[c]!;
        const d0 = fround(x - panels[at]!);
        const d1 = fround(x - panels[at + 1]!);
        const d2 = fround(x - panels[at + 2]!);
        const d3 = fround(x - panels[at + 3]!);
        s0 = fround(s0 + fround(d0 * d0));
        s1 = fround(s1 + fround(d1 * d1));
        s2 = fround(s2 + fround(d2 * d2));
        s3 = fround(s3 + fround(d3 * d3));
      }
      out[row] = expNonPositive(-s0);
      if (row + 1 < rows) out[row + 1] = expNonPositive(-s1);
      if (row + 2 < rows) out[row + 2] = expNonPositive(-s2);
      if (row + 3 < rows) out[row + 3] = expNonPositive(-s3);
    }
  }
}
