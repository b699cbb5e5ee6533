/** The part of ml-svm 2.1.2 that is used; the package has no types. */
declare module 'ml-svm' {
  namespace Svm {
    interface Options {
      C: number;
      tol: number;
      maxPasses: number;
      maxIterations: number;
      kernel: string | { compute(a: number[], b: number[]): number };
      kernelOptions: Record<string, number>;
      alphaTol: number;
      random: () => number;
      whitening: boolean;
    }
  }

  class Svm {
    constructor(options: Svm.Options);
    options: Svm.Options;
    /** While training the multipliers of all rows, after it those of the support vectors. */
    alphas: number[];
    /** Intercept. */
    b: number;
    /** @param labels -1 or 1. */
    train(features: number[][], labels: number[]): void;
    marginOne(features: number[]): number;
    /** The margin of training row `index`; `train` asks for that of row i, draws a partner j, and asks for its margin. */
    _marginOnePrecomputed(index: number, kernel: object): number;
  }

  export = Svm;
}
