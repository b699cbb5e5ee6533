import { isMap, type PlainMap } from '../spec/collection-shapes.js';
import type { ImportNotes } from './import-notes.js';
import type { ImportedStudy } from './imported-study.js';
import type { ParameterList } from './parameter-list.js';
import { listAt, mapAt, numberOf, textAt } from './plain.js';

/** What of an experiment its template says. */
type Template = Pick<ImportedStudy, 'command' | 'resources'>;

/** The command of the container in which a trial runs, and what of the machine it may use. */
export function readTemplate(template: PlainMap, parameters: ParameterList, notes: ImportNotes): Template {
  const path = ['spec', 'trialTemplate'];
  const containers = containersOf(template.trialSpec);
  const primary = textAt(template, 'primaryContainerName');
  const container = containers.find((candidate) => textAt(candidate, 'name') === primary) ?? containers[0];
  if (container === undefined) {
    notes.add(path, 'no container with a command was found in it');
    return {};
  }
  const places = new Map<string, string>();
  for (const given of listAt(template, 'trialParameters')) {
    const [name, reference] = [textAt(given, 'name'), textAt(given, 'reference')];
    const key = reference === undefined ? undefined : parameters.keyOf(reference);
    if (name !== undefined && key !== undefined) places.set(name, key);
  }
  const command = [...listAt(container, 'command'), ...listAt(container, 'args')].map((element) =>
    String(element).replaceAll(/\$\{trialParameters\.([^}]+)\}/g, (whole, name: string) => {
      const key = places.get(name);
      if (key === undefined) notes.add(path, `${whole}: no parameter is meant by it, it is passed on as it is`);
      return key === undefined ? whole : `{${key}}`;
    }),
  );
  notes.add(path, `left out: the image ${textAt(container, 'image') ?? ''}; the command runs on this machine`);
  return { ...(command.length > 0 && { command }), ...readResources(container) };
}

/** Wherever the kind of the job keeps them. */
function containersOf(node: unknown): readonly PlainMap[] {
  if (Array.isArray(node)) return node.flatMap(containersOf);
  if (!isMap(node)) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'containers' && Array.isArray(value) ? value.filter(isMap) : containersOf(value),
  );
}

const AMOUNT = /^(\d+(?:\.\d+)?)([KMGT]i?)?$/;

function readResources(container: PlainMap): Template {
  const limits = { ...mapAt(container, 'resources', 'requests'), ...mapAt(container, 'resources', 'limits') };
  const cpu = String(limits.cpu ?? '');
  const cpus = Math.ceil(cpu.endsWith('m') ? Number(cpu.slice(0, -1)) / 1000 : Number(cpu));
  const gpus = numberOf(limits['nvidia.com/gpu']);
  const [, amount, unit] = AMOUNT.exec(String(limits.memory ?? '')) ?? [];
  const resources = {
    ...(cpus > 1 && { cpus }),
    ...(gpus !== undefined && gpus > 0 && { gpus }),
    ...(amount !== undefined && unit !== undefined && { memory: `${amount}${unit}B` }),
  };
  return Object.keys(resources).length === 0 ? {} : { resources };
}
