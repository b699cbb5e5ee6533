/** Edits (insert, delete, replace, swap of neighbours) between two short texts: optimal string alignment distance. */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min(replace, previous[j]! + 1, current[j - 1]! + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, beforePrevious[j - 2]! + 1);
      }
      current.push(best);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length]!;
}

function normalised(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/g, '');
}

/** The known name a mistyped one most likely means; undefined when none is near. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  if (name.length > 64) return undefined;
  const wanted = normalised(name);
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of known) {
    const text = normalised(candidate);
    if (Math.abs(text.length - wanted.length) >= bestDistance) continue;
    const distance = editDistance(wanted, text);
    if (distance < bestDistance && distance < text.length) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best ?? prefixed(wanted, known);
}

/** `tree` for `decision-tree`, `forest` for `ml-random-forest`: one name contained in exactly one known name. */
function prefixed(wanted: string, known: Iterable<string>): string | undefined {
  if (wanted.length < 3) return undefined;
  const containing = [...known].filter((candidate) => {
    const text = normalised(candidate);
    return text.includes(wanted) || (text.length >= 3 && wanted.includes(text));
  });
  return containing.length === 1 ? containing[0] : undefined;
}

/** ` (did you mean 'trials'?)`, or what there is to choose from, or nothing when that is long. */
export function suggestion(name: string, known: Iterable<string>): string {
  const names = [...known];
  const nearest = nearestName(name, names);
  if (nearest !== undefined) return ` (did you mean '${nearest}'?)`;
  if (names.length === 0) return '';
  const shown = names.slice(0, 20).join(', ');
  return names.length <= 20 ? `; known: ${shown}` : `; known: ${shown}, …`;
}

/** ` (did you mean 'poly'?)` where a known name is a slip of the pen away; else nothing. */
export function suggestName(name: string, known: Iterable<string>): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? '' : ` (did you mean '${nearest}'?)`;
}
