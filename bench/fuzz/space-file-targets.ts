import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { SpaceFileError } from '../../src/errors.js';
import { type LoadedSpec, parseSpec, specFromObject } from '../../src/spec/load-spec.js';
import { anyTarget } from './any-target.js';
import type { AnyTarget } from './fuzz-target.js';
import { mutated } from './mutations.js';
import { acceptOrRefuse } from './refusal.js';

const SNIPPETS = ['{', '}', '[', ']', ':', ', ', '\n', '  ', '- ', '"', "'", '&a ', '*a', '!!x ', '|', '>', '#'];
const WORDS = ['? ', '%', '\t', '\0', '\uFEFF', '---\n', '...', '__proto__: 1\n', 'constructor: ', '1e999', '.nan'];
const PARTS = [
  '-0',
  '0x10',
  '1_000',
  'null',
  '~',
  'when: a',
  'int(',
  '(1, 2)',
  'choice(',
  '<<: *a',
  '\u2028',
  '\uD800',
];

/** Texts that are no space file, and the ready ones with something changed; objects as a journal holds them. */
export function spaceFileTargets(root: string): readonly AnyTarget[] {
  const directory = join(root, 'search-spaces');
  const options = { directory, name: 'space' };
  const files = readdirSync(directory).filter((name) => name.endsWith('.yaml'));
  const ready = files.map((name) => readFileSync(join(directory, name)));
  const text = fc.oneof(
    { weight: 6, arbitrary: mutated(ready).map((bytes) => bytes.toString()) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
    { weight: 1, arbitrary: fc.array(fc.constantFrom(...SNIPPETS, ...WORDS, ...PARTS)).map((parts) => parts.join('')) },
  );
  return [
    anyTarget({
      name: 'space file',
      inputs: text,
      check: (input) => acceptOrRefuseSpace(() => parseSpec(input, { ...options, file: 'space.yaml' }), options),
      show: (input) => JSON.stringify(input),
      fewRuns: 150,
    }),
    anyTarget({
      name: 'space as an object',
      inputs: anyObject(),
      check: (input) => acceptOrRefuseSpace(() => specFromObject(input, options), options),
      show: (input) => JSON.stringify(input),
      fewRuns: 300,
    }),
  ];
}

async function acceptOrRefuseSpace(
  attempt: () => LoadedSpec,
  options: Parameters<typeof specFromObject>[1],
): Promise<void> {
  const loaded = await acceptOrRefuse(attempt, SpaceFileError);
  assert.deepEqual(Object.keys(Object.prototype), []);
  if (loaded === undefined) return;
  // What a journal keeps of it must be enough to continue.
  const kept = JSON.parse(JSON.stringify(loaded.spec.source)) as object;
  assert.equal(JSON.stringify(specFromObject(kept, options).spec.source), JSON.stringify(kept));
}

function anyObject(): fc.Arbitrary<object> {
  const sections = [
    'data',
    'models',
    'search',
    'initial',
    'use',
    'parameters',
    'file',
    'target',
    'constraints',
    'when',
  ];
  return fc.object({
    key: fc.constantFrom(...sections, 'a', 'knn', 'n_neighbors', 'min', 'max', '__proto__', 'toString'),
    maxDepth: 5,
    values: [fc.constantFrom('knn', 'int(1, 2)', 'a == 1', 3, null, true, [])],
  });
}
