import type { SavedFields } from '../saved-model.js';
import type { BinnedColumn } from './bins/binned-features.js';
import type { ValuedTree } from './tree.js';

export function columnToJson(column: BinnedColumn): unknown {
  if (column.kind === 'numeric') {
    const { kind, name } = column;
    return { kind, name, thresholds: Array.from(column.thresholds), centers: Array.from(column.centers) };
  }
  const { kind, name, binCount, categories } = column;
  return { kind, name, binCount, categories, binOfCode: Array.from(column.binOfCode) };
}

export function loadColumn(saved: SavedFields): BinnedColumn {
  const name = saved.text('name');
  if (saved.oneOf('kind', ['numeric', 'categorical']) === 'numeric') {
    const thresholds = saved.numbers('thresholds');
    const centers = saved.numbers('centers', thresholds.length + 1);
    return { kind: 'numeric', name, binCount: centers.length, thresholds, centers };
  }
  const categories = saved.texts('categories');
  const binOfCode = Uint8Array.from(saved.numbers('binOfCode', categories.length));
  return { kind: 'categorical', name, binCount: saved.count('binCount'), categories, binOfCode };
}

export function treeToJson(tree: ValuedTree): unknown {
  return { nodes: Array.from(tree.nodes), masks: Array.from(tree.masks), values: Array.from(tree.values) };
}

export function loadTree(saved: SavedFields): ValuedTree {
  return {
    nodes: Int32Array.from(saved.numbers('nodes')),
    masks: Int32Array.from(saved.numbers('masks')),
    values: saved.numbers('values'),
  };
}
