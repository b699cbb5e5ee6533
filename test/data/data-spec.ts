import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import type { DataSpec } from '../../src/data/data-spec.js';
import type { Dataset, FeatureColumn } from '../../src/data/dataset.js';

export function dataSpec(file: string, target: string, more: Partial<DataSpec> = {}): DataSpec {
  return { file, target, exclude: [], types: {}, ...more };
}

export function shipped(name: string): string {
  return fileURLToPath(new URL(`../../search-spaces/data/${name}.csv`, import.meta.url));
}

/** A folder for this test file, removed after its tests. @returns writes a file into it and gives its path. */
export function temporaryFiles(): (name: string, content: string | Uint8Array) => string {
  const folder = mkdtempSync(join(tmpdir(), 'cml-data-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  return (name, content) => {
    const file = join(folder, name);
    writeFileSync(file, content);
    return file;
  };
}

/** Every value of a feature as a reader of the file would write it; null is missing. */
export function featureValues(column: FeatureColumn): (number | string | boolean | null)[] {
  if (column.kind === 'categorical') return Array.from(column.codes, (code) => column.categories[code] ?? null);
  return Array.from(column.values, (value) => {
    if (Number.isNaN(value)) return null;
    return column.kind === 'boolean' ? value === 1 : value;
  });
}

export function feature(dataset: Dataset, name: string): FeatureColumn {
  const found = dataset.features.find((column) => column.name === name);
  if (found === undefined) throw new Error(`no feature ${name}`);
  return found;
}
