// AssemblyScript. Products of a block of points with several queries: those of logistic regression, two numbers an
// instruction. Built by assembly/build.js.
export { scores } from '../logistic-products/outputs';
