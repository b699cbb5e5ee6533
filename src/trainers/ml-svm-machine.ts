import type Svm from 'ml-svm';
import { TrainerError, type TrainerParams } from './trainer.js';

/** A trained two-class machine. */
export interface SvmMachine {
  /** Above 0 for the class with sign 1. */
  margin(row: number[]): number;
}

function dot(a: number[], b: number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** The kernel as the package takes it. It cannot construct the polynomial and sigmoid ones, so these are given whole. */
function kernelOf(name: string, options: Readonly<Record<string, number>>): Svm.Options['kernel'] {
  if (name === 'poly' || name === 'polynomial') {
    const { degree = 1, constant = 1, scale = 1 } = options;
    return { compute: (a, b) => (scale * dot(a, b) + constant) ** degree };
  }
  if (name === 'sigmoid' || name === 'mlp') {
    const { alpha = 0.01, constant = -Math.E } = options;
    return { compute: (a, b) => Math.tanh(alpha * dot(a, b) + constant) };
  }
  return name;
}

function kernelOptionsOf(params: TrainerParams): Record<string, number> {
  const given = ['sigma', 'degree', 'constant', 'scale', 'alpha'].filter((name) => params[name] !== null);
  return Object.fromEntries(given.map((name) => [name, params[name] as number]));
}

/**
 * Puts the package's upper bound right. For a pair (i, j) with different signs it computes min(C, C + a_j + a_i) where
 * the box needs min(C, C + a_j - a_i) (Platt, 1998, eq. 13), so that a_i can leave the box. It reads `options.C` twice
 * for such a pair, once the partner is chosen, and the second time is that C: there C - 2 a_i is given.
 */
function boundMultipliers(machine: Svm, signs: readonly number[], c: number): void {
  const { random } = machine.options;
  const margin = machine._marginOnePrecomputed.bind(machine);
  let row = -1;
  let partner = -1;
  let partnerDrawn = false;
  let reads = 0;
  machine._marginOnePrecomputed = (index, kernel) => {
    if (partnerDrawn) partner = index;
    else {
      row = index;
      partner = -1;
    }
    partnerDrawn = false;
    reads = 0;
    return margin(index, kernel);
  };
  machine.options.random = () => {
    partnerDrawn = true;
    return random();
  };
  Object.defineProperty(machine.options, 'C', {
    get() {
      if (partner < 0) return c;
      reads++;
      return reads === 2 && signs[row] !== signs[partner] ? c - 2 * machine.alphas[row]! : c;
    },
  });
}

/**
 * @param rows varying columns only when `params.whitening`.
 * @param signs -1 and 1, both present.
 * @param random uniform over [0, 1).
 * @throws TrainerError when it does not converge or leaves its box.
 */
export async function trainSvmMachine(
  rows: number[][],
  signs: number[],
  params: TrainerParams,
  random: () => number,
): Promise<SvmMachine> {
  const { default: Svm } = await import('ml-svm');
  const c = params.C as number;
  const kernelOptions = kernelOptionsOf(params);
  const machine = new Svm({
    C: c,
    kernel: kernelOf(params.kernel as string, kernelOptions),
    kernelOptions,
    tol: params.tol as number,
    maxPasses: params.maxPasses as number,
    maxIterations: params.maxIterations as number,
    alphaTol: params.alphaTol as number,
    whitening: params.whitening as boolean,
    random,
  });
  boundMultipliers(machine, signs, c);
  try {
    machine.train(rows, signs);
  } catch (error) {
    if (!(error instanceof Error) || error.message !== 'max iterations reached') throw error;
    throw new TrainerError(
      'ml-svm',
      `not converged after maxIterations (${params.maxIterations}) passes; raise maxIterations or tol, or lower C`,
    );
  }
  const inBox = (alpha: number) => alpha >= 0 && alpha <= c * (1 + 1e-9);
  if (!machine.alphas.every(inBox) || !Number.isFinite(machine.b)) {
    throw new TrainerError('ml-svm', `the optimiser diverged at C = ${c}; scale the columns or choose another kernel`);
  }
  return { margin: (row) => machine.marginOne(row) };
}
