import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runWord } from '../../src/cli/shown-path.js';
import { shellWord } from '../../src/shell-word.js';

test.each([
  ['runs/iris', 'runs/iris'],
  ['my run', '"my run"'],
  ['cost $5', "'cost $5'"],
  ['', '""'],
])('%j as a word of a command is %s', (path, word) => {
  expect(shellWord(path)).toBe(word);
});

test.each(['a b', "it's $HOME", '"quoted" `x`', 'a;b', 'back\\slash !'])('a shell reads %j as one word', (text) => {
  const { stdout } = spawnSync('sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' });
  expect(stdout).toBe(text);
});

test('a run is named relative to the current folder', () => {
  expect(runWord(join(process.cwd(), 'runs/my run'))).toBe('"runs/my run"');
});
