import { type Command, Errors } from '@oclif/core';
import { UsageError } from '../errors.js';
import { suggestName } from '../nearest-name.js';

/** Oclif's error for flags that do not exist, which shows all of the help, said in one line; undefined for another error. */
export function unknownFlags(error: unknown, command: typeof Command, program: string): UsageError | undefined {
  if (!(error instanceof Errors.CLIError) || !('flags' in error) || !Array.isArray(error.flags)) return undefined;
  const given = String(error.flags[0]);
  const known = Object.keys({ ...command.baseFlags, ...command.flags, json: {}, help: {} }).map((name) => `--${name}`);
  return new UsageError(`there is no flag ${given}${suggestName(given, known)}`, {
    hint: `${program} ${command.id} --help lists them`,
  });
}
