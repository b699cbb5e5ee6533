import { isAlias, isMap, isScalar, isSeq, type LineCounter, type Node, type Pair } from 'yaml';
import type { Issue } from '../errors.js';
import type { Path, PathPart, Place } from './place.js';

/** A space file as plain data that knows where each value stands. */
export interface SpaceDocument {
  readonly data: unknown;
  /** What is wrong with the text itself. */
  readonly issues: readonly Issue[];
  place(path: Path, part: PathPart): Place;
}

/** The positions of a parsed YAML text. Aliases are looked through. */
export class YamlPlaces {
  private readonly file: string;
  private readonly root: Node | null;
  private readonly lines: LineCounter;
  private readonly targets: ReadonlyMap<Node, Node>;

  constructor(file: string, root: Node | null, lines: LineCounter, targets: ReadonlyMap<Node, Node>) {
    this.file = file;
    this.root = root;
    this.lines = lines;
    this.targets = targets;
  }

  /**
   * A scalar's own place for `value`, else that of its key: a list or map is named by what it belongs to. What is not
   * in the file stands where its nearest ancestor does.
   */
  place(path: Path, part: PathPart): Place {
    let node: Node | null = this.root;
    let key: Node | null = null;
    let complete = true;
    for (const step of path) {
      const container = this.resolved(node);
      const pair: Pair | Node | undefined = childOf(container, step);
      if (pair === undefined) {
        complete = false;
        break;
      }
      if ('key' in pair) {
        key = pair.key as Node | null;
        node = pair.value as Node | null;
      } else {
        key = null;
        node = pair;
      }
    }
    const scalar =
      complete && part === 'value' && (isScalar(node) || isAlias(node)) && node.range && node.range[0] < node.range[1];
    return this.at(scalar || key === null ? node : key);
  }

  private resolved(node: Node | null): Node | null {
    return node === null ? null : (this.targets.get(node) ?? node);
  }

  private at(node: Node | null): Place {
    const position = node?.range ? this.lines.linePos(node.range[0]) : { line: 1, col: 1 };
    return { file: this.file, line: position.line, column: position.col };
  }
}

function childOf(container: Node | null, step: string | number): Pair | Node | undefined {
  if (isSeq(container)) {
    const item = typeof step === 'number' ? container.items[step] : undefined;
    return item as Node | undefined;
  }
  if (isMap(container)) return container.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === step);
  return undefined;
}
