import { readFileSync } from 'node:fs';
import { format } from 'node:util';
import { expect, test } from 'vitest';
import * as api from '../../src/index.js';

const guide = readFileSync(new URL('../../docs/guide/api.md', import.meta.url), 'utf8');

/** Examples that are followed by what they print. */
const examples = guide
  .split('```js\n')
  .slice(1)
  .map((part) => part.split(/^```(?:text)?\n/m))
  .filter(([, between]) => between === '\n')
  .map(([code, , output]) => ({ code: code!, output: output! }));

const AsyncFunction = (async () => {}).constructor as new (
  ...given: string[]
) => (names: typeof api, output: { log(...given: unknown[]): void }) => Promise<void>;

test('every example with output is found', () => {
  expect(examples.length).toBeGreaterThan(0);
  expect(examples).toHaveLength(guide.split('```text').length - 1);
});

test.each(examples)('prints what docs/guide/api.md says (%#)', async ({ code, output }) => {
  let printed = '';
  const body = code.replace(/^import (\{[^}]*\}) from 'concurrent-ml';$/m, 'const $1 = api;');
  await new AsyncFunction('api', 'console', body)(api, {
    log: (...given) => {
      printed += `${format(...given)}\n`;
    },
  });
  expect(printed).toBe(output);
});

test('every example imports what there is', () => {
  const names = [...guide.matchAll(/^import \{ ([^}]*) \} from 'concurrent-ml';$/gm)].flatMap(([, list]) =>
    list!.split(', '),
  );
  expect(names.length).toBeGreaterThan(0);
  expect(Object.keys(api)).toEqual(expect.arrayContaining(names));
});
