import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

interface Module {
  readonly folder: string;
  readonly target: string;
  readonly constant: string;
}

interface Build {
  readonly MODULES: readonly Module[];
  readSources(folder: string): Promise<ReadonlyMap<string, string>>;
  hashSources(folder: string): Promise<string>;
  compile(folder: string): Promise<{ readonly binary: Uint8Array }>;
}

const ROOT = new URL('../../', import.meta.url);

// A path that is computed: the compiler takes no notice of JavaScript.
const build: Build = await import(new URL('assembly/build.js', ROOT).href);

describe.each(build.MODULES)('the WebAssembly module of $folder', ({ folder, target, constant }) => {
  const checkedIn = async (): Promise<Record<string, string>> => {
    return await import(new URL(`src/trainers/${target}`, ROOT).href);
  };

  test('was built from the sources that are checked in', async () => {
    expect((await checkedIn())[`${constant}_SOURCE_HASH`]).toBe(await build.hashSources(folder));
  });

  test('has for sources all of its folder, and of others only what others are compiled from too', async () => {
    const sources = [...(await build.readSources(folder)).keys()];
    const own = readdirSync(new URL(`assembly/${folder}/`, ROOT)).map((file) => `assembly/${folder}/${file}`);
    expect(sources).toEqual(expect.arrayContaining(own));
    const common = sources.filter((source) => !own.includes(source));
    for (const source of common) expect(source).toMatch(/^(src\/trainers|assembly)\//);
  });

  test.skipIf(!existsSync(new URL('node_modules/assemblyscript', ROOT)))(
    'is what compiling the sources gives (needs assemblyscript)',
    async () => {
      const { binary } = await build.compile(folder);
      expect(Buffer.from(binary).toString('base64')).toBe((await checkedIn())[`${constant}_MODULE`]);
    },
  );
});
