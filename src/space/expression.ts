export { evaluateExpression, readsInactive } from './expression-evaluation.js';
export { formatExpression } from './expression-format.js';
export { parseExpression } from './expression-parser.js';
export { type Expression, ExpressionError, expressionNames, renameExpression } from './expression-syntax.js';
export { impossibleComparisons } from './impossible-comparisons.js';
