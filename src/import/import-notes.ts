import type { Issue } from '../errors.js';
import { formatPath, type Path } from '../spec/place.js';
import type { SpaceDocument } from '../spec/space-document.js';

/** What of a file could not be carried over as it was, each with its place. */
export class ImportNotes {
  readonly all: Issue[];
  private readonly document: SpaceDocument;

  constructor(document: SpaceDocument, all: Issue[] = []) {
    this.document = document;
    this.all = all;
  }

  /** Adds to the same notes what another file has. */
  of(document: SpaceDocument): ImportNotes {
    return new ImportNotes(document, this.all);
  }

  /** @param path empty for what concerns the whole file. */
  add(path: Path, message: string): void {
    const place = path.length === 0 ? {} : this.document.place(path, 'key');
    this.all.push({ path: formatPath(path), message, ...place });
  }

  /** Says of every key that is not known that it is left out; of those named here, why. */
  leaveOut(map: object, path: Path, known: readonly string[], reasons: Readonly<Record<string, string>> = {}): void {
    for (const key of Object.keys(map)) {
      if (known.includes(key)) continue;
      this.add([...path, key], `left out: ${reasons[key] ?? 'a space file has no such key'}`);
    }
  }
}
