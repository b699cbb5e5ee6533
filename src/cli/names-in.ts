import { readdirSync } from 'node:fs';

/** What a folder holds; nothing where it may not be seen, is no folder, or is not there: who needs it will say so. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
