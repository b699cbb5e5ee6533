import type { Points } from './kernel.js';

/** Points a panel; a panel holds its points column by column, so that one column of 16 points is one cache line. */
export const PANEL_WIDTH = 16;

export function panelCount(rows: number): number {
  return Math.ceil(rows / PANEL_WIDTH);
}

/** Regroups points into panels: panel, then column, then point. @param target holds zeros beyond the last point. */
export function fillPanels(points: Points, target: Float32Array): void {
  const { data, rows, columns } = points;
  for (let row = 0; row < rows; row++) {
    const base = Math.floor(row / PANEL_WIDTH) * PANEL_WIDTH * columns + (row % PANEL_WIDTH);
    for (let c = 0; c < columns; c++) target[base + c * PANEL_WIDTH] = data[row * columns + c]!;
  }
}
