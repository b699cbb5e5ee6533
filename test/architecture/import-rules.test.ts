import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT, readSources, type SourceFile } from './imports.js';

const sources = [...readSources('src'), ...readSources('commands')];

/** Folder -> folders of src/ it may import, besides itself and the files directly in src/. The lowest come first. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'src/space': [],
  'src/metrics': [],
  'src/data': [],
  'src/journal': [],
  'src/optimization': [],
  'src/trainers': ['optimization'],
  'src/samplers': ['optimization', 'space'],
  'src/validation': ['data', 'metrics', 'space', 'trainers'],
  'src/pruners': [],
  'src/user-code': ['data', 'metrics', 'trainers', 'validation'],
  'src/spec': ['data', 'metrics', 'pruners', 'samplers', 'space', 'trainers', 'validation'],
  'src/cache': ['validation'],
  'src/executors': ['cache', 'validation', 'worker'],
  'src/worker': ['cache', 'user-code', 'validation'],
  'src/study': ['data', 'executors', 'journal', 'pruners', 'samplers', 'space', 'trainers', 'validation'],
  'src/leaderboard': ['journal', 'metrics', 'study'],
  'src/runs': [
    'data',
    'executors',
    'journal',
    'leaderboard',
    'pruners',
    'samplers',
    'spec',
    'study',
    'trainers',
    'validation',
  ],
  'src/api': ['data', 'executors', 'journal', 'leaderboard', 'runs', 'space', 'spec', 'study', 'validation'],
  'src/init': ['data', 'samplers', 'space', 'trainers'],
  'src/import': ['init', 'spec', 'validation'],
  'src/cli': [
    'cache',
    'data',
    'executors',
    'import',
    'init',
    'leaderboard',
    'runs',
    'samplers',
    'space',
    'spec',
    'study',
    'trainers',
    'validation',
  ],
  commands: ['cache', 'cli', 'import', 'init', 'leaderboard', 'runs', 'spec', 'trainers'],
};

function folderOf(path: string): string {
  const parts = path.split('/');
  return parts[0] === 'src' && parts.length > 2 ? `src/${parts[1]}` : parts[0]!;
}

/** Folder -> other folders that its files import; the files directly in src/ are beneath all and left out. */
function folderImports(): ReadonlyMap<string, ReadonlySet<string>> {
  const imports = new Map<string, Set<string>>();
  for (const { path, local } of sources) {
    const folder = folderOf(path);
    if (folder === 'src') continue;
    const targets = imports.get(folder) ?? new Set();
    for (const target of local.map(folderOf)) if (target !== folder && target !== 'src') targets.add(target);
    imports.set(folder, targets);
  }
  return imports;
}

function violations({ path, local }: SourceFile): string[] {
  const folder = folderOf(path);
  const allowed = ALLOWED[folder];
  if (folder === 'src') return [];
  if (allowed === undefined) return [`${path}: folder ${folder} has no rule`];
  return local
    .map(folderOf)
    .filter((target) => target !== folder && target !== 'src' && !allowed.includes(target.replace('src/', '')))
    .map((target) => `${path} must not import ${target}`);
}

/** Each circle once for every way into it, as `a -> b -> a`. */
function cyclesIn(imports: ReadonlyMap<string, Iterable<string>>): string[] {
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (name: string, trail: readonly string[]): void => {
    if (trail.includes(name)) {
      cycles.push([...trail.slice(trail.indexOf(name)), name].join(' -> '));
      return;
    }
    if (done.has(name)) return;
    for (const next of imports.get(name) ?? []) visit(next, [...trail, name]);
    done.add(name);
  };
  for (const name of imports.keys()) visit(name, []);
  return cycles;
}

describe('imports', () => {
  test('are found at all', () => {
    const pool = sources.find((source) => source.path === 'src/executors/worker-pool.ts');
    expect(pool?.packages).toContain('tinypool');
    expect(pool?.local).toContain('src/executors/executor.ts');
  });

  test('keep the arrows between folders', () => {
    expect(sources.flatMap(violations)).toEqual([]);
  });

  test('use every arrow that is allowed', () => {
    const used = folderImports();
    const unused = Object.entries(ALLOWED).flatMap(([folder, targets]) =>
      targets.filter((target) => !used.get(folder)?.has(`src/${target}`)).map((target) => `${folder} -> ${target}`),
    );
    expect(unused).toEqual([]);
  });

  test('are what the table of docs/architecture.md says', () => {
    const page = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');
    const rows = [...page.matchAll(/^\| `(commands|src\/[a-z-]+)\/` \|[^|]*\| ?([^|]*?) ?\|$/gm)];
    const table = rows.map(([, folder, targets]) => [folder, targets === '' ? [] : targets!.split(', ')]);
    expect(Object.fromEntries(table)).toEqual(ALLOWED);
  });

  test.each([
    ['@oclif/core', /^(commands|src\/cli)\//],
    ['tinypool', /^src\/executors\/worker-(pool|process)\.ts$/],
    ['cli-progress', /^src\/cli\//],
    ['ml-random-forest', /^src\/trainers\//],
    ['ml-svm', /^src\/trainers\//],
    ['papaparse', /^src\/data\//],
    ['hyparquet', /^src\/data\//],
    ['yaml', /^src\/(spec|import|init|cli)\//],
  ])('%s is used in one place only', (name, place) => {
    const users = sources.filter((source) =>
      source.packages.some((used) => used === name || used.startsWith(`${name}/`)),
    );
    expect(users.map((source) => source.path).filter((path) => !place.test(path))).toEqual([]);
  });

  test('the files of src itself depend on no folder, but for the public API', () => {
    const base = sources.filter((source) => folderOf(source.path) === 'src' && source.path !== 'src/index.ts');
    expect(base.flatMap((source) => source.local.filter((path) => folderOf(path) !== 'src'))).toEqual([]);
  });

  test('form no cycle, of files or of folders', () => {
    expect(
      cyclesIn(
        new Map([
          ['a', ['b']],
          ['b', ['c']],
          ['c', ['b']],
        ]),
      ),
    ).toEqual(['b -> c -> b']);
    expect(cyclesIn(new Map(sources.map((source) => [source.path, source.local])))).toEqual([]);
    expect(cyclesIn(folderImports())).toEqual([]);
  });
});
