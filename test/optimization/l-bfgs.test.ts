import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minimize, type Objective } from '../../src/optimization/l-bfgs.js';

/** Extended Rosenbrock: minimum 0 at (1, …, 1). Moré, Garbow & Hillstrom (1981), problem 21. */
const rosenbrock: Objective = (x, gradient) => {
  gradient.fill(0);
  let value = 0;
  for (let i = 0; i < x.length; i += 2) {
    const a = x[i + 1]! - x[i]! ** 2;
    const b = 1 - x[i]!;
    value += 100 * a * a + b * b;
    gradient[i]! += -400 * a * x[i]! - 2 * b;
    gradient[i + 1]! += 200 * a;
  }
  return value;
};

/** Beale's function: minimum 0 at (3, 0.5). Problem 5 of the same collection. */
const beale: Objective = (x, gradient) => {
  const [a, b] = [x[0]!, x[1]!];
  let value = 0;
  gradient.fill(0);
  for (const [power, y] of [1.5, 2.25, 2.625].entries()) {
    const residual = y - a * (1 - b ** (power + 1));
    value += residual * residual;
    gradient[0]! += -2 * residual * (1 - b ** (power + 1));
    gradient[1]! += 2 * residual * a * (power + 1) * b ** power;
  }
  return value;
};

const exact = { gradientTolerance: 1e-9, valueTolerance: 0, maxIterations: 1000 };

describe('minimize', () => {
  test('finds the minimum of Rosenbrock’s function in 2 and 100 dimensions from the standard start', () => {
    for (const size of [2, 100]) {
      const start = Float64Array.from({ length: size }, (_, i) => (i % 2 === 0 ? -1.2 : 1));
      const { x, value, stopped } = minimize(rosenbrock, start, exact);
      expect(stopped).toBe('gradient');
      expect(value).toBeLessThan(1e-16);
      for (const coordinate of x) expect(coordinate).toBeCloseTo(1, 7);
    }
  });

  test('finds the minimum of Beale’s function', () => {
    const { x } = minimize(beale, Float64Array.of(1, 1), exact);
    expect(x[0]).toBeCloseTo(3, 7);
    expect(x[1]).toBeCloseTo(0.5, 7);
  });

  test('does not change its start', () => {
    const start = Float64Array.of(-1.2, 1);
    minimize(rosenbrock, start);
    expect(start).toEqual(Float64Array.of(-1.2, 1));
  });

  test('keeps off a wall where the function is not finite', () => {
    // x - log x has its minimum at 1 and no value below 0.
    const { x } = minimize(
      (at, gradient) => {
        gradient[0] = 1 - 1 / at[0]!;
        return at[0]! - Math.log(at[0]!);
      },
      Float64Array.of(0.001),
      { ...exact, firstStep: 1000 },
    );
    expect(x[0]).toBeCloseTo(1, 6);
  });

  test('ends where no step helps: the gradient has the wrong sign', () => {
    const { x, value, evaluations } = minimize((at, gradient) => {
      gradient[0] = -2 * at[0]!;
      return at[0]! ** 2;
    }, Float64Array.of(3));
    expect(value).toBeLessThanOrEqual(9);
    expect(x[0]).toBeCloseTo(3, 6);
    expect(evaluations).toBeLessThan(100);
  });

  test('keeps its limits', () => {
    const start = Float64Array.of(-1.2, 1);
    expect(minimize(rosenbrock, start, { maxIterations: 3 })).toMatchObject({ stopped: 'iterations', iterations: 3 });
    const { stopped, evaluations } = minimize(rosenbrock, start, { maxEvaluations: 7 });
    expect(stopped).toBe('evaluations');
    expect(evaluations).toBeLessThanOrEqual(8);
  });

  test('solves convex quadratics, with the inverse Hessian as preconditioner in two iterations', () => {
    const curvatures = fc.array(fc.double({ min: 0.001, max: 1000, noNaN: true }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(curvatures, fc.double({ min: -10, max: 10, noNaN: true }), (curvature, target) => {
        const quadratic: Objective = (x, gradient) => {
          let value = 0;
          for (let i = 0; i < x.length; i++) {
            gradient[i] = curvature[i]! * (x[i]! - target);
            value += 0.5 * gradient[i]! * (x[i]! - target);
          }
          return value;
        };
        const start = new Float64Array(curvature.length);
        const plain = minimize(quadratic, start, { gradientTolerance: 1e-7, valueTolerance: 0, maxIterations: 500 });
        for (let i = 0; i < start.length; i++) expect(Math.abs(plain.gradient[i]!)).toBeLessThan(1e-6);
        const precondition = (vector: Float64Array) => {
          for (let i = 0; i < vector.length; i++) vector[i]! /= curvature[i]!;
        };
        const newton = minimize(quadratic, start, { gradientTolerance: 1e-9, precondition, firstStep: 1 });
        expect(newton.iterations).toBeLessThanOrEqual(2);
        for (let i = 0; i < start.length; i++) {
          expect(curvature[i]! * Math.abs(newton.x[i]! - target)).toBeLessThanOrEqual(1.1e-9);
        }
      }),
      { numRuns: 100 },
    );
  });
});
