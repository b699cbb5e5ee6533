import type { Points } from './kernel.js';

/** Points a panel; a panel holds its points column by column, so that one column of 16 points is one cache line. */
export const PANEL_WIDTH = 16;

/** Points regrouped into panels of 16, the last one filled with zeros: panel, then column, then point. */
export interface Panels {
  readonly data: Float32Array;
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
}

export function panelCount(rows: number): number {
  return Math.ceil(rows / PANEL_WIDTH);
}

export function fillPanels(points: Points, target: Float32Array): void {
  const { data, rows, columns } = points;
  for (let row = 0; row < rows; row++) {
    const base = Math.floor(row / PANEL_WIDTH) * PANEL_WIDTH * columns + (row % PANEL_WIDTH);
    for (let c = 0; c < columns; c++) target[base + c * PANEL_WIDTH] = data[row * columns + c]!;
  }
}
