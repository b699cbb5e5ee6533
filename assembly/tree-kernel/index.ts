// AssemblyScript. What trees spend their time on, in the order and precision of the scalar kernel
// (src/trainers/trees/kernel/scalar-tree-kernel.ts), its reference: the two agree to the bit. The interfaces beside that
// describe what is exported here. Built by assembly/build.js.
export { drawRows, placeRows } from './bootstrap';
export { divideClasses } from './class-divisions';
export { sortClasses } from './class-order';
export { classesLeft, countClasses, totalClasses } from './class-weights';
export { range } from './codes';
export { count, countGradients, subtract } from './gradient-histogram';
export { scan } from './gradient-scan';
export { divide } from './moment-divisions';
export { list, total, totalLeft } from './moments';
export { partition, partitionBack } from './partition';
export { search, searchClasses } from './search';
