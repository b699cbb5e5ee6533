import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { cml, ROOT, temporaryFolder } from './cml.js';

interface Malformed {
  readonly file: string;
  readonly exitCode: number;
  /** Must be part of what is printed. */
  readonly message: string;
}

interface MalformedData extends Malformed {
  readonly target: string;
  readonly order?: { readonly column: string; readonly kind: 'time' | 'predefined' };
}

const FIXTURES = join(ROOT, 'test/fixtures/malformed');

function readIndex<Entry>(folder: string): readonly Entry[] {
  return JSON.parse(readFileSync(join(FIXTURES, folder, 'index.json'), 'utf8')) as Entry[];
}

let folder: string;
beforeAll(() => {
  folder = temporaryFolder();
});

async function expectRefusal(spaceFile: string, { exitCode, message }: Malformed): Promise<void> {
  const { code, stdout, stderr } = await cml(['tune', spaceFile, '--out', join(folder, 'never')], folder);
  expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/\n\s+at /);
}

describe('a malformed space file ends the program with its exit code and a message', () => {
  test.concurrent.each(readIndex<Malformed>('spaces'))('$file', async (malformed) => {
    await expectRefusal(join(FIXTURES, 'spaces', malformed.file), malformed);
  });
});

describe('a malformed data file ends the program with its exit code and a message', () => {
  test.concurrent.each(readIndex<MalformedData>('data'))('$file: $message', async (malformed) => {
    const { file, order, exitCode: _, message: __, ...data } = malformed;
    const space = {
      data: { ...data, file: join(FIXTURES, 'data', file) },
      evaluation: order === undefined ? {} : { cv: order },
      models: { tree: { use: 'decision-tree', parameters: { max_depth: 'int(1, 5)' } } },
    };
    const spaceFile = join(folder, `${file.replaceAll('/', '-')}-${malformed.message.length}.yaml`);
    // JSON is YAML.
    writeFileSync(spaceFile, JSON.stringify(space));
    await expectRefusal(spaceFile, malformed);
  });
});
