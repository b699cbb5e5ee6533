import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { logImprovement, logImprovementSlope } from '../../../src/samplers/gp/log-expected-improvement.js';

const { rows, made_with } = JSON.parse(
  readFileSync(new URL('./reference/log-improvement.json', import.meta.url), 'utf8'),
) as { rows: { z: number; value: number; slope: number }[]; made_with: string };

describe(`against ${made_with}`, () => {
  test.each(rows)('z = $z', ({ z, value, slope }) => {
    expect(Math.abs(logImprovement(z) - value)).toBeLessThan(1e-12 * Math.max(1, Math.abs(value)));
    expect(logImprovementSlope(z) / slope).toBeCloseTo(1, 11);
  });
});

test('is continuous where the formulas meet', () => {
  for (const edge of [-3, -1e5]) {
    const gap = logImprovement(edge * (1 - 1e-12)) - logImprovement(edge * (1 + 1e-12));
    expect(gap / Math.abs(logImprovement(edge))).toBeLessThan(1e-10);
    expect(gap).toBeGreaterThanOrEqual(0);
  }
});
