import { SpaceError } from './space-error.js';

/**
 * Orders parameters so that each comes after those that its `when` reads.
 * @param names by slot.
 * @param inputs by slot, the slots that the parameter's `when` reads.
 * @param choose which of the parameters that could come next does: `first` keeps the file's order wherever conditions
 *   leave a choice; `latest` puts a parameter right behind those it waits for, so that few are open at a time.
 * @returns slots.
 * @throws SpaceError when conditions form a circle.
 */
export function activationOrder(
  names: readonly string[],
  inputs: readonly (readonly number[])[],
  choose: 'first' | 'latest',
): readonly number[] {
  const order: number[] = [];
  const placed = new Set<number>();
  const dependents: number[][] = names.map(() => []);
  for (const [slot, read] of inputs.entries()) for (const input of read) dependents[input]!.push(slot);
  const isReady = (slot: number) => !placed.has(slot) && inputs[slot]!.every((input) => placed.has(input));

  const place = (slot: number) => {
    // A list and not recursion: a chain of conditions may be as long as the file.
    const open = [slot];
    while (open.length > 0) {
      const next = open.pop()!;
      if (!isReady(next)) continue;
      placed.add(next);
      order.push(next);
      if (choose === 'latest') open.push(...dependents[next]!.toReversed());
    }
  };

  while (order.length < names.length) {
    const next = names.findIndex((_, slot) => isReady(slot));
    if (next === -1) throw circleError(names, inputs, placed);
    place(next);
  }
  return order;
}

function circleError(
  names: readonly string[],
  inputs: readonly (readonly number[])[],
  placed: ReadonlySet<number>,
): SpaceError {
  const path: number[] = [];
  let slot = names.findIndex((_, candidate) => !placed.has(candidate));
  while (!path.includes(slot)) {
    path.push(slot);
    slot = inputs[slot]!.find((input) => !placed.has(input))!;
  }
  const circle = path.slice(path.indexOf(slot)).map((member) => names[member]!);
  const message =
    circle.length === 1
      ? `${circle[0]}: its \`when\` reads the parameter itself`
      : `the conditions of ${circle.join(', ')} wait for one another`;
  return new SpaceError([{ path: circle[0]!, message }], 'remove one of these conditions');
}
