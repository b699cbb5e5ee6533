import { isMap, type PlainMap } from './collection-shapes.js';
import { formatPath, type Path } from './place.js';

/**
 * How two space files differ as data, one line a difference: `search.trials: 50 -> 100`. The order of keys counts only
 * where it decides the order of a grid: among models and among parameters.
 */
export function compareSpecs(before: PlainMap, after: PlainMap): readonly string[] {
  const lines: string[] = [];
  compare(before, after, [], lines);
  return lines;
}

function compare(before: unknown, after: unknown, path: Path, lines: string[]): void {
  if (isMap(before) && isMap(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    for (const key of keys) compare(own(before, key), own(after, key), [...path, key], lines);
    const [first, second] = [orderedKeys(before, path), orderedKeys(after, path)];
    if (
      first.length === second.length &&
      first.some((key, i) => key !== second[i]) &&
      first.every((key) => second.includes(key))
    ) {
      lines.push(
        `${path.length === 0 ? 'order' : `${formatPath(path)}: order`}: ${first.join(', ')} -> ${second.join(', ')}`,
      );
    }
    return;
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    before.forEach((item, i) => {
      compare(item, after[i], [...path, i], lines);
    });
    return;
  }
  if (JSON.stringify(before) !== JSON.stringify(after)) {
    lines.push(`${formatPath(path)}: ${shown(before)} -> ${shown(after)}`);
  }
}

function own(map: PlainMap, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** The keys whose order is the order of parameters, and so that of a grid. */
function orderedKeys(map: PlainMap, path: Path): readonly string[] {
  const keys = Object.keys(map);
  const last = String(path.at(-1));
  if (path.length === 0) return keys.filter((key) => ['preprocess', 'parameters', 'models'].includes(key));
  if (path.length === 2 && path[0] === 'models')
    return keys.filter((key) => ['preprocess', 'parameters'].includes(key));
  const whole = path.length === 1 || (path.length === 3 && path[0] === 'models');
  return whole && ['preprocess', 'parameters', 'models'].includes(last) ? keys : [];
}

function shown(value: unknown): string {
  if (value === undefined) return '(absent)';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
