import type { Dataset, FeatureColumn } from '../data/dataset.js';
import {
  type BinnedColumn,
  type BinnedFeatures,
  numericColumn,
  sampleRows,
} from '../trainers/trees/bins/binned-features.js';
import { NumberSorter } from '../trainers/trees/bins/number-sorter.js';
import { BinFinder, MAXIMUM_BINS } from '../trainers/trees/bins/numeric-bins.js';

/**
 * Bins of all rows of a dataset.
 * @param visibleRows row numbers that the bins may be learned from: those that the search may see.
 */
export function binDataset(dataset: Dataset, visibleRows: Int32Array): BinnedFeatures {
  const bins = new Uint8Array(new SharedArrayBuffer(dataset.rows * dataset.features.length));
  const sample = sampleRows(visibleRows);
  const seen = new Float64Array(sample.length);
  const sorter = new NumberSorter();
  const columns = dataset.features.map((feature, index) => {
    const cells = bins.subarray(index * dataset.rows, (index + 1) * dataset.rows);
    return binColumn(feature, cells, sample, seen, sorter, visibleRows);
  });
  return { rows: dataset.rows, columns, bins };
}

/** @param seen room for the values of the sample. */
function binColumn(
  feature: FeatureColumn,
  cells: Uint8Array,
  sample: Int32Array,
  seen: Float64Array,
  sorter: NumberSorter,
  visibleRows: Int32Array,
): BinnedColumn {
  if (feature.kind !== 'categorical') {
    const values = feature.values;
    for (let i = 0; i < sample.length; i++) seen[i] = values[sample[i]!]!;
    const column = numericColumn(feature.name, seen, sorter);
    const finder = new BinFinder(column.thresholds);
    for (let row = 0; row < cells.length; row++) cells[row] = finder.cell(values[row]!);
    return column;
  }
  const binOfCode = categoryBins(feature.codes, feature.categories.length, visibleRows);
  const binCount = Math.max(1, Math.min(feature.categories.length, MAXIMUM_BINS));
  for (let row = 0; row < cells.length; row++) {
    const code = feature.codes[row]!;
    cells[row] = code < 0 ? binCount : binOfCode[code]!;
  }
  return { kind: 'categorical', name: feature.name, binCount, categories: feature.categories, binOfCode };
}

function categoryBins(codes: Int32Array, categories: number, visibleRows: Int32Array): Uint8Array {
  const binOfCode = new Uint8Array(categories);
  if (categories <= MAXIMUM_BINS) return binOfCode.map((_, code) => code);
  const counts = new Float64Array(categories);
  for (let i = 0; i < visibleRows.length; i++) {
    const code = codes[visibleRows[i]!]!;
    if (code >= 0) counts[code]!++;
  }
  const byFrequency = Array.from(counts.keys()).sort((a, b) => counts[b]! - counts[a]! || a - b);
  binOfCode.fill(MAXIMUM_BINS - 1);
  const own = byFrequency.slice(0, MAXIMUM_BINS - 1).sort((a, b) => a - b);
  for (const [bin, code] of own.entries()) binOfCode[code] = bin;
  return binOfCode;
}
