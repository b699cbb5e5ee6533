import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/** Where the cache lies: CML_CACHE, else concurrent-ml in XDG_CACHE_HOME, else in ~/.cache. Absolute. */
export function defaultCacheFolder(env: NodeJS.ProcessEnv = process.env, home: string = homedir()): string {
  const { CML_CACHE: own, XDG_CACHE_HOME: shared } = env;
  if (own !== undefined && own !== '') return resolve(own);
  // A relative path there is invalid and to be ignored (XDG Base Directory Specification 0.8).
  const base = shared !== undefined && isAbsolute(shared) ? shared : join(home, '.cache');
  return join(base, 'concurrent-ml');
}
