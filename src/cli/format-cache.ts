import type { CacheEntry } from '../cache/cache-entries.js';
import { formatBytes } from '../format-bytes.js';
import { textTable } from '../leaderboard/text-table.js';
import { counted } from './counted.js';
import { readableDuration } from './readable-duration.js';

/** What `cml cache --json` prints. */
export interface CacheDescription {
  readonly folder: string;
  /** Of all entries. */
  readonly bytes: number;
  /** Whether the entries were deleted. */
  readonly cleared: boolean;
  /** The last used first. */
  readonly entries: readonly { readonly name: string; readonly bytes: number; readonly last_used: string }[];
}

export function describeCache(folder: string, entries: readonly CacheEntry[], cleared: boolean): CacheDescription {
  return {
    folder,
    bytes: entries.reduce((sum, entry) => sum + entry.bytes, 0),
    cleared,
    entries: entries.map(({ name, bytes, lastUsed }) => ({ name, bytes, last_used: lastUsed.toISOString() })),
  };
}

const NAME_SHOWN = 16;

/** @param nowMs milliseconds since 1970. @param width characters a line may have. */
export function formatCache(cache: CacheDescription, { nowMs, width }: { nowMs: number; width: number }): string {
  const { folder, entries, bytes, cleared } = cache;
  if (cleared) return `Deleted ${counted(entries.length, 'table')}, ${formatBytes(bytes)}, from ${folder}`;
  if (entries.length === 0) return `The cache is empty: ${folder}`;
  const { text } = textTable(
    [
      { title: 'table', align: 'left', cells: entries.map(({ name }) => name.slice(0, NAME_SHOWN)) },
      { title: 'size', align: 'right', cells: entries.map((entry) => formatBytes(entry.bytes)) },
      { title: 'last used', align: 'right', cells: entries.map((entry) => age(entry.last_used, nowMs)) },
    ],
    { width },
  );
  return `${text}\n\n${counted(entries.length, 'table')}, ${formatBytes(bytes)}: ${folder}\n--clear deletes them; studies write anew what they need.`;
}

function age(lastUsed: string, nowMs: number): string {
  return `${readableDuration(nowMs - Date.parse(lastUsed))} ago`;
}
