import { expect, test } from 'vitest';
import { buildLeaderboard } from '../../src/leaderboard/build-leaderboard.js';
import { formatMarkdown } from '../../src/leaderboard/format-markdown.js';
import { exampleState, SETTINGS, studyState } from './study.js';

test('prints a GitHub table', () => {
  const lines = formatMarkdown(buildLeaderboard(exampleState()), SETTINGS).split('\n');
  expect(lines.slice(0, 6)).toEqual([
    '**churn**: accuracy, maximize; 3 of 5 trials completed',
    '',
    '| rank | trial | model | accuracy | std | log\\_loss | parameters | fit s | reason |',
    '| ---: | ---: | --- | ---: | ---: | ---: | --- | ---: | --- |',
    '| 1 | 1 | forest | 0.9000 | 0.0500 | 1.0000 | max\\_depth=null | 1.50 |  |',
    '| 2 | 0 | svm | 0.7500 | 0.2500 | 0.6000 | C=0.3 layers=\\[64,32\\] | 1.50 |  |',
  ]);
});

test('names below what is the same in all rows', () => {
  const text = formatMarkdown(buildLeaderboard(exampleState()), SETTINGS);
  expect(text.endsWith(' |\n\nThe same in all rows that have them: scale=none\n')).toBe(true);
});

test('keeps a reason in its cell', () => {
  const reason = 'a | b\n<img src=x> \u001b[31m';
  const state = studyState([{ params: { model: 'svm' }, folds: [{ state: 'failed', reason }] }]);
  const lines = formatMarkdown(buildLeaderboard(state), SETTINGS).trimEnd().split('\n');
  expect(lines).toHaveLength(5);
  expect(lines[4]).toContain('a \\| b &lt;img src=x> \\\\u001b\\[31m |');
});

test('prints chosen columns', () => {
  const text = formatMarkdown(buildLeaderboard(exampleState()), SETTINGS, { columns: ['trial', 'score'] });
  expect(text.split('\n').slice(2, 5)).toEqual(['| trial | score |', '| --- | --- |', '| 1 | 0.9 |']);
});
