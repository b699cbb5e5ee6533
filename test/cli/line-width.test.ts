import { expect, test } from 'vitest';
import { lineWidth } from '../../src/cli/line-width.js';

test.each([
  ['a terminal', { columns: 132 }, {}, 132],
  ['COLUMNS, before all', { columns: 132 }, { COLUMNS: '100', CI: 'true' }, 100],
  ['COLUMNS that is no number', { columns: 132 }, { COLUMNS: 'wide' }, 132],
  ['a log of CI', {}, { CI: 'true' }, 80],
  ['a pipe or a file', {}, { CI: '' }, 200],
  ['a terminal without a size', { columns: 0 }, { CI: 'true' }, 80],
  ['no less than can be used', { columns: 3 }, {}, 20],
])('%s', (_what, stream, environment, width) => {
  expect(lineWidth(stream, environment)).toBe(width);
});
