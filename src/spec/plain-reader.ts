import { isAlias, isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import { formatPath, type Path } from './place.js';
import { quoteUnquoted, unquotedCommaMessage } from './unquoted-comma.js';

const DEEPEST = 40;
const MOST_ALIASED_VALUES = 10_000;

/** Turns nodes into plain data; what plain data cannot hold safely is an issue. */
export class PlainReader {
  /** Alias -> what it stands for. */
  readonly targets = new Map<Node, Node>();
  private readonly anchors = new Map<string, Node>();
  private readonly lineAt: (offset: number) => string;
  private readonly addAt: (path: string, message: string, offset: number) => void;
  private aliasedValues = 0;
  /** Whether reading was given up, so that the data are not the file's. */
  refused = false;

  /** @param lineAt the line of the text an offset stands in. */
  constructor(lineAt: (offset: number) => string, addAt: (path: string, message: string, offset: number) => void) {
    this.lineAt = lineAt;
    this.addAt = addAt;
  }

  read(node: unknown, path: Path, aliased = false): unknown {
    if (this.refused) return null;
    if (aliased && ++this.aliasedValues > MOST_ALIASED_VALUES) {
      return this.refuse(`aliases expand to more than ${MOST_ALIASED_VALUES} values; write them out`, node, path);
    }
    if (path.length > DEEPEST) return this.refuse(`nested deeper than ${DEEPEST} levels`, node, path.slice(0, 5));
    if (isAlias(node)) {
      const target = this.anchors.get(node.source);
      if (target === undefined) return this.refuse(`no anchor &${node.source} stands before the alias`, node, path);
      this.targets.set(node, target);
      return this.read(target, path, true);
    }
    if ((isScalar(node) || isMap(node) || isSeq(node)) && node.anchor !== undefined)
      this.anchors.set(node.anchor, node);
    if (isMap(node)) return this.readMap(node, path, aliased);
    if (isSeq(node)) return node.items.map((item, i) => this.read(item, [...path, i], aliased));
    if (!isScalar(node)) return null;
    return node.value ?? null;
  }

  private readMap(map: YAMLMap, path: Path, aliased: boolean): unknown {
    const result: Record<string, unknown> = {};
    let split: SplitValue | undefined;
    for (const pair of map.items) {
      const key = isScalar(pair.key) ? String(pair.key.value ?? '') : '';
      if (split !== undefined && !split.closed && pair.value === null) {
        split.text += `, ${key}`;
        split.closed = key.trimEnd().endsWith(')');
        result[split.key] = split.text;
        continue;
      }
      if (split !== undefined) this.addSplit(split, path);
      split = map.flow ? openedIn(pair.value, key, offsetOf(pair.key)) : undefined;
      const place = [...path, key];
      if (key === '__proto__') this.addAt(formatPath(place), 'this name cannot be used as a key', offsetOf(pair.key));
      else if (Object.hasOwn(result, key)) {
        this.addAt(formatPath(place), 'the key stands twice in the same map; remove or rename one', offsetOf(pair.key));
      } else result[key] = this.read(pair.value, place, aliased);
    }
    if (split !== undefined) this.addSplit(split, path);
    return result;
  }

  private addSplit(split: SplitValue, path: Path): void {
    const corrected = quoteUnquoted(this.lineAt(split.offset)) ?? `${split.key}: "${split.text}"`;
    this.addAt(formatPath([...path, split.key]), unquotedCommaMessage(corrected), split.offset);
  }

  private refuse(message: string, node: unknown, path: Path): null {
    this.refused = true;
    this.addAt(formatPath(path), message, offsetOf(node));
    return null;
  }
}

function offsetOf(node: unknown): number {
  if (isScalar(node) || isAlias(node) || isMap(node) || isSeq(node)) return node.range?.[0] ?? 0;
  return 0;
}

/** `int(2` of `{depth: int(2, 12)}`: a value that YAML ended at the comma. */
interface SplitValue {
  readonly key: string;
  text: string;
  closed: boolean;
  /** Of the key. */
  readonly offset: number;
}

function openedIn(value: unknown, key: string, offset: number): SplitValue | undefined {
  if (!isScalar(value) || value.type !== 'PLAIN' || typeof value.value !== 'string') return undefined;
  return /\([^)]*$/.test(value.value) ? { key, text: value.value, closed: false, offset } : undefined;
}
