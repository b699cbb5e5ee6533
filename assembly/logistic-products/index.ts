// AssemblyScript. The passes over a tall row-major table that logistic regression takes, two numbers an instruction, in
// the order of ScalarLogisticProducts (src/trainers/linear/logistic-products.ts), its reference: the two agree to the
// bit. Built by assembly/build.js.
export { locate, standardize, variances } from './columns';
export { gram } from './gram';
export { gradientOfOne, scoresOfOne } from './one-output';
export { gradients, scores } from './outputs';
export { sigmoids } from './sigmoids';
