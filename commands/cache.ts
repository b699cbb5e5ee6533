import { Flags } from '@oclif/core';
import { BaseCommand } from '../src/cli/base-command.js';
import type { CacheDescription } from '../src/cli/format-cache.js';

export default class Cache extends BaseCommand {
  static override summary = 'Show or clear the prepared tables that processes share.';
  static override description =
    `Tables are prepared once and kept in a folder: CML_CACHE, else concurrent-ml in XDG_CACHE_HOME, else in ~/.cache.
What was not used for longest is deleted when the folder grows beyond 2 GiB.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    { description: 'Delete all of it', command: '<%= config.bin %> <%= command.id %> --clear' },
  ];
  static override flags = { clear: Flags.boolean({ description: 'Delete all of it.' }) };

  async run(): Promise<CacheDescription> {
    const { flags } = await this.parse(Cache);
    const { defaultCacheFolder } = await import('../src/cache/cache-folder.js');
    const { clearCache, listCache } = await import('../src/cache/cache-entries.js');
    const { describeCache, formatCache } = await import('../src/cli/format-cache.js');
    const folder = defaultCacheFolder();
    const clear = flags.clear === true;
    const entries = clear ? clearCache(folder) : listCache(folder);
    const cache = describeCache(folder, entries, clear);
    this.log(formatCache(cache, { nowMs: Date.now(), width: this.width }));
    return cache;
  }
}
