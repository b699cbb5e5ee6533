import { createHash, type Hash } from 'node:crypto';
import type { Dataset } from './dataset.js';

/** Raised when the same data would be serialised in another way. */
const FORMAT = 'concurrent-ml dataset 1';

/**
 * SHA-256 (hex) over a table in a canonical form: a JSON line that describes each part, then its values as they stand in
 * memory (little-endian on every machine that Node runs on; the readers write one kind of NaN and no -0).
 */
export function hashDataset(dataset: Omit<Dataset, 'hash'>): string {
  const hash = createHash('sha256');
  const describe = (part: unknown) => hash.update(`${JSON.stringify(part)}\n`);
  describe([FORMAT, dataset.rows, dataset.features.length]);
  for (const column of dataset.features) {
    if (column.kind === 'categorical') {
      describe([column.kind, column.name, column.categories]);
      addBytes(hash, column.codes);
    } else {
      describe([column.kind, column.name]);
      addBytes(hash, column.values);
    }
  }
  const { target } = dataset;
  describe(
    target.task === 'classification'
      ? [target.task, target.name, target.classes, target.positive]
      : [target.task, target.name],
  );
  addBytes(hash, target.values);
  for (const part of ['groups', 'weights', 'order'] as const) {
    const values = dataset[part];
    if (values === undefined) continue;
    describe([part]);
    addBytes(hash, values);
  }
  return hash.digest('hex');
}

function addBytes(hash: Hash, values: Float64Array | Int32Array): void {
  hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}
