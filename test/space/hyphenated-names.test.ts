import { describe, expect, test } from 'vitest';
import { expressionNames, parseExpression } from '../../src/space/expression.js';
import { quoteHyphenatedNames } from '../../src/space/hyphenated-names.js';

const NAMES = [
  'model',
  'knn.p',
  'decision-tree.max_depth',
  'tree-2.depth',
  'tree-2.depth-first',
  'decision-tree.ccp_alpha',
];

describe('quoteHyphenatedNames', () => {
  test.each([
    ['decision-tree.max_depth <= 4', '`decision-tree.max_depth` <= 4'],
    ['(4>=decision-tree.max_depth)', '(4>=`decision-tree.max_depth`)'],
    [
      "decision-tree.max_depth<4 or model != 'decision-tree' and decision-tree.ccp_alpha > 0",
      "`decision-tree.max_depth`<4 or model != 'decision-tree' and `decision-tree.ccp_alpha` > 0",
    ],
    ['tree-2.depth > 1 and tree-2.depth-first == true', '`tree-2.depth` > 1 and `tree-2.depth-first` == true'],
  ])('%s', (text, corrected) => {
    expect(quoteHyphenatedNames(text, NAMES)).toBe(corrected);
    for (const name of expressionNames(parseExpression(corrected))) expect(NAMES).toContain(name);
  });

  test.each([
    ["model == 'decision-tree.max_depth'"],
    ['model == "a \\" decision-tree.max_depth"'],
    ['`decision-tree.max_depth` <= 4'],
    ['decision-tree.max_depths <= 4'],
    ['decision-tree.max_depth.more <= 4'],
    ['my-decision-tree.max_depth <= 4'],
    ['knn.p - 1 > 0'],
  ])('leaves %s', (text) => {
    expect(quoteHyphenatedNames(text, NAMES)).toBeUndefined();
  });
});
