import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { cml, DATA, temporaryFolder } from './cml.js';

/** Of an idle `cml` there are some 70 MiB; the files here have up to 10. */
const MOST_MEMORY_MIB = 500;

/** Loaded into the program: leaves the most memory that it took in a file. */
const REPORTER = `import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
if (isMainThread) process.on('exit', () => {
  writeFileSync(process.env.MEMORY_FILE, String(process.resourceUsage().maxRSS / 1024));
});
`;

let folder: string;
beforeAll(() => {
  folder = temporaryFolder();
  writeFileSync(join(folder, 'reporter.mjs'), REPORTER);
});

/** Runs a sweep that must be refused: with an exit code, a message, no stack, and in bounded memory. */
async function expectRefusal(space: string, exitCode: number, message: string): Promise<void> {
  const memoryFile = `${space}.memory`;
  const { code, stdout, stderr } = await cml(['tune', space, '--out', `${space}.run`], folder, {
    NODE_OPTIONS: `--import=${pathToFileURL(join(folder, 'reporter.mjs'))}`,
    MEMORY_FILE: join(folder, memoryFile),
  });
  expect({ code, stdout, stderr }).toEqual({ code: exitCode, stdout: '', stderr: expect.stringContaining(message) });
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(stderr.length).toBeLessThan(20_000);
  expect(Number(readFileSync(join(folder, memoryFile), 'utf8'))).toBeLessThan(MOST_MEMORY_MIB);
}

const repeat = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join('');
const MEGABYTES_10 = 10_000_000;
const KNN = 'models: {knn: {use: knn, parameters: {n_neighbors: "int(1, 9)"}}}\n';

/** After `data:`, which names a good file. */
const SPACES: readonly (readonly [name: string, text: string, message: string])[] = [
  ['a line of 10 MB', `x: ${'y'.repeat(MEGABYTES_10)}\n`, 'a space file has at most 1 MB'],
  ['100,000 brackets', `x: ${'['.repeat(100_000)}`, 'nested too deeply'],
  ['100,000 closed brackets', `x: ${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'nested too deeply'],
  [
    'aliases of aliases',
    `a0: &a0 [1, 2]\n${repeat(30, (i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]\n`)}`,
    'aliases expand to more than 10000 values',
  ],
  [
    'merged aliases',
    `a0: &a0 {k: 1}\n${repeat(30, (i) => `a${i + 1}: &a${i + 1}\n  <<: [*a${i}, *a${i}]\n  k${i}: *a${i}\n`)}`,
    'aliases expand to more than 10000 values',
  ],
  [
    'trials beyond a million',
    `search: {trials: 1000001}\n${KNN}`,
    'search.trials: must be a whole number from 1 to 1000000',
  ],
  [
    'a grid of 10^12 with a constraint that hardly ever holds',
    `search: {method: grid}\nmodels: {tree: {use: decision-tree, parameters: {max_depth: "int(1, 1000000)", min_samples_split: "int(2, 1000000)"}, constraints: ["max_depth * min_samples_split == 1000003"]}}\n`,
    'the grid is too large to be counted',
  ],
  ['a prototype for a parameter', 'models: {knn: {use: knn, parameters: {__proto__: 1}}}\n', 'cannot be used as a key'],
  ['a prototype for a trainer', 'models: {knn: {use: constructor}}\n', "got 'constructor'"],
  ['a name that leads outside', `name: ../../outside\n${KNN}`, 'name: must be letters, digits'],
  ['a name with a zero byte', `name: "a\\0b"\n${KNN}`, 'name: must be letters, digits'],
  [
    'a number beyond any double',
    `models: {lr: {use: logistic-regression, parameters: {C: {min: 1, max: 1e400}}}}\n`,
    'C.max: must be a number, got Infinity',
  ],
  [
    'an integer beyond 2^53',
    'models: {tree: {use: decision-tree, parameters: {max_depth: {min: 1, max: 9007199254740993, type: int}}}}\n',
    'type: int needs whole numbers of at most 2^53 - 1',
  ],
  ['memory beyond any machine', `budget: {memory: ${'9'.repeat(400)}GiB}\n${KNN}`, 'must be from 1MiB to 1024TiB'],
  ['a time beyond any life', `budget: {wall: ${'9'.repeat(400)}h}\n${KNN}`, 'must be at most 24d'],
];

describe('a hostile space file is refused', () => {
  test.concurrent.each(SPACES)('%s', async (name, text, message) => {
    const file = `${name.replaceAll(/\W+/g, '-')}.yaml`;
    writeFileSync(
      join(folder, file),
      `data: {file: ${JSON.stringify(join(DATA, 'iris.csv'))}, target: species}\n${text}`,
    );
    await expectRefusal(file, 3, message);
  });
}, 60_000);

const rows = repeat(50, (i) => `${i},${i % 2 === 0 ? 'a' : 'b'}\n`);

const FILES: readonly (readonly [name: string, content: string | Uint8Array, message: string])[] = [
  ['zero bytes.csv', Buffer.alloc(MEGABYTES_10), 'holds a zero byte'],
  ['blank lines.csv', '\n'.repeat(MEGABYTES_10 / 5), 'the file is empty'],
  ['one line.csv', 'x'.repeat(MEGABYTES_10), 'a column name has 10000000 characters'],
  ['a wide line.csv', ','.repeat(MEGABYTES_10 / 2), 'column 1 has no name'],
  ['quotes.csv', '"'.repeat(MEGABYTES_10 + 1), 'the quote that opens here is never closed (quotes.csv:1:1)'],
  ['a number of 10 MB.csv', `x,y\n${'1'.repeat(MEGABYTES_10)},a\n${rows}`, 'must be between -1e+150 and 1e+150'],
  [
    'a class of 10 MB.csv',
    `x,y\n1,${'z'.repeat(MEGABYTES_10)}\n${rows}`,
    'a class of the target has 10000000 characters',
  ],
  ['a header of 10 MB.csv', `x,${'h'.repeat(MEGABYTES_10)},y\n${rows}`, 'a column name has 10000000 characters'],
  [
    'a million columns.csv',
    `${repeat(1_000_000, (i) => `c${i},`)}y\n${'1,'.repeat(1_000_000)}a\n`,
    'the table has more than 100000 columns',
  ],
  [
    'a column for each row.ndjson',
    repeat(20_000, (i) => `{"y": "a", "column ${i}": 1}\n`),
    'almost no two rows the same',
  ],
  ['100,000 brackets.json', '['.repeat(100_000), 'is not valid JSON'],
  ['100,000 braces.ndjson', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, 'a cell must be a number'],
  [
    'a promise of 4 GB.parquet',
    Buffer.concat([
      Buffer.from('PAR1'),
      Buffer.alloc(1000, 7),
      Buffer.from([0xf0, 0xff, 0xff, 0xff]),
      Buffer.from('PAR1'),
    ]),
    'cannot be read as Parquet',
  ],
];

describe('a hostile data file is refused', () => {
  const writeSpace = (file: string) => {
    // JSON is YAML.
    writeFileSync(
      join(folder, `${file}.yaml`),
      JSON.stringify({ data: { file, target: 'y' }, models: { tree: { use: 'decision-tree' } } }),
    );
    return `${file}.yaml`;
  };

  test.concurrent.each(FILES)('%s', async (file, content, message) => {
    writeFileSync(join(folder, file), content);
    await expectRefusal(writeSpace(file), 4, message);
  });

  test.runIf(process.platform === 'linux')('that never ends', async () => {
    symlinkSync('/dev/zero', join(folder, 'zero.csv'));
    await expectRefusal(writeSpace('zero.csv'), 4, 'is neither a file nor a folder');
  });
}, 60_000);

describe('what is only odd is taken', () => {
  const tune = async (file: string, content: string) => {
    writeFileSync(join(folder, file), content);
    const space = {
      data: { file, target: 'y' },
      evaluation: { cv: { folds: 2 } },
      models: { tree: { use: 'decision-tree' } },
    };
    writeFileSync(join(folder, `${file}.yaml`), JSON.stringify(space));
    const { code, stdout, stderr } = await cml(['tune', `${file}.yaml`, '--trials', '1', '--json'], folder);
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('Error')]);
    return JSON.parse(stdout);
  };
  const label = (i: number) => (i % 2 === 0 ? 'a' : 'b');

  test.concurrent.each([
    [
      'prototypes.csv',
      `__proto__,constructor,toString,y\n${repeat(60, (i) => `${i % 2},${i % 7},valueOf,${label(i)}\n`)}`,
    ],
    [
      '10,000 columns.csv',
      `${repeat(10_000, (i) => `c${i},`)}y\n${repeat(20, (i) => `${`${i % 2},`.repeat(10_000)}${label(i)}\n`)}`,
    ],
    [
      'a cell of 10 MB.csv',
      `x,t,y\n0,"${'z'.repeat(MEGABYTES_10)}",a\n${repeat(60, (i) => `${i % 2},t,${label(i)}\n`)}`,
    ],
    [
      'numbers.csv',
      `x,z,y\n${repeat(60, (i) => `${i % 2},${['1e149', '-0', '5e-324', '9007199254740993'][i % 4]},${label(i)}\n`)}`,
    ],
  ])('%s', async (file, content) => {
    // The first column tells the classes apart.
    expect((await tune(file, content)).rows[0]).toMatchObject({ rank: 1, model: 'tree', score: 1 });
  });
}, 60_000);
