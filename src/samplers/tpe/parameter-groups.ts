import type { Space } from '../../space/space.js';

/**
 * The coordinates of a space in groups that are active together, which are those under the same condition. Within a
 * group parameters are modelled jointly, and a group never sees a trial that lacks it; Optuna calls this `group`.
 * @param coordinates the coordinates to group, ascending.
 */
export function parameterGroups(space: Space, coordinates: readonly number[]): readonly Int32Array[] {
  const groups = new Map<string, number[]>();
  for (const coordinate of coordinates) {
    const condition = JSON.stringify(space.dimensions[coordinate]!.when ?? null);
    const group = groups.get(condition);
    if (group === undefined) groups.set(condition, [coordinate]);
    else group.push(coordinate);
  }
  return [...groups.values()].map((group) => Int32Array.from(group));
}
