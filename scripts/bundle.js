// Bundles what is started or imported by name into dist/: few files load in a fraction of the time that hundreds take.
import { readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const NAMED = [
  'src/index',
  'src/worker/fold-worker',
  'src/worker/process-worker',
  'src/user-code/strip-types',
  // For bin/run.js and scripts/write-schema.js.
  'src/cli/error-report',
  'src/cli/lost-output',
  'src/nearest-name',
  'src/spec/space-file-shape',
];
const PACKAGE_NAME = /^[^./]/;

/** One output folder's entries share their chunks, which lie where a module of src/ does, so that paths to files hold. */
async function bundle(entries, chunkFolder) {
  const input = Object.fromEntries(entries.map((entry) => [entry, `${entry}.ts`]));
  const build = await rolldown({ input, platform: 'node', external: PACKAGE_NAME });
  await build.write({ dir: 'dist', entryFileNames: '[name].js', chunkFileNames: `${chunkFolder}/[name]-[hash].js` });
}

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
rmSync('dist', { recursive: true, force: true });
const commands = readdirSync('commands').map((file) => `commands/${file.replace(/\.ts$/, '')}`);
await bundle([...NAMED, ...commands], 'src/chunks');
await bundle(
  [
    'bench/run',
    'bench/chaos/run',
    'bench/fuzz/run',
    'bench/search/run',
    'bench/trainers/run',
    'bench/trainers/serve-fits',
    'bench/trainers/fit-large',
  ],
  'bench/chunks',
);
