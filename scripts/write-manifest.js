// Writes oclif.manifest.json, from which the commands are known without loading them. Runs after the build.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const oclif = fileURLToPath(new URL('../node_modules/oclif/bin/run.js', import.meta.url));
// A newer oclif is of no interest to somebody who builds this.
const env = { ...process.env, OCLIF_SKIP_NEW_VERSION_CHECK: 'true' };
const { status } = spawnSync(process.execPath, [oclif, 'manifest'], { stdio: 'inherit', env });
process.exitCode = status ?? 1;
