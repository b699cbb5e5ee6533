#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { Config, handle, run, settings } from '@oclif/core';

// The commands are compiled beforehand, also where NODE_ENV is test or development.
settings.enableAutoTranspile = false;

// Oclif's own listener throws what is no broken pipe.
process.stdout.removeAllListeners('error').on('error', async (error) => {
  // A reader that went away, or a terminal that was closed, misses the rest.
  if (error.code === 'EPIPE' || error.code === 'EIO') return;
  const { endWithoutOutput } = await import('../dist/src/cli/lost-output.js');
  endWithoutOutput(error);
});

const COMMAND_NOT_FOUND = 127;
const USAGE = 2;

try {
  await run(process.argv.slice(2), import.meta.url);
} catch (error) {
  if (error?.oclif?.exit === COMMAND_NOT_FOUND) {
    error.oclif.exit = USAGE;
    // The plugin that asks which command was meant does so on a terminal only.
    const { nearestName } = await import('../dist/src/nearest-name.js');
    const { commandIDs } = await Config.load(fileURLToPath(import.meta.url));
    const meant = nearestName(process.argv[2], commandIDs);
    if (meant !== undefined) error.message = `did you mean ${meant}? ${error.message}`;
  }
  // Commands print their own errors under --json; this one was raised before there was a command.
  if (process.argv.includes('--json') && error?.code !== 'EEXIT') {
    const { reportError } = await import('../dist/src/cli/error-report.js');
    const report = reportError(error);
    process.stdout.write(`${JSON.stringify({ error: report }, null, 2)}\n`);
    process.exitCode = report.exit_code;
  } else {
    await handle(error);
  }
}
