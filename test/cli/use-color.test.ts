import { describe, expect, test } from 'vitest';
import { useColor } from '../../src/cli/use-color.js';

describe('useColor', () => {
  test.each([
    [true, {}, true],
    [false, {}, false],
    [undefined, { CI: 'true', COLORTERM: 'truecolor', GITHUB_ACTIONS: 'true' }, false],
    [true, { CI: 'true' }, true],
    [true, { TERM: 'dumb' }, false],
    [false, { FORCE_COLOR: '1' }, true],
    [false, { FORCE_COLOR: 'true', TERM: 'dumb' }, true],
    [true, { FORCE_COLOR: '0' }, false],
    [false, { FORCE_COLOR: '' }, false],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
  ])('terminal %j, %j: %j', (isTTY, environment, expected) => {
    expect(useColor({ isTTY }, environment)).toBe(expected);
  });
});
