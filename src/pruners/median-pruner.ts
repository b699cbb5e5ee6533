import type { LearningCurve } from '../trial.js';
import { isBetter, type PrunerFactory } from './pruner.js';

/**
 * The median stopping rule (Golovin et al., Google Vizier, KDD 2017, 3.2.2): a trial is given up at a step when its best
 * value until then is worse than the median of what the others averaged over their steps until then.
 */
export const medianPruner: PrunerFactory<'median'> = ({ warmup, startup }, goal) => ({
  prunes(curve, others) {
    const [step] = curve.at(-1)!;
    if (step < warmup) return false;
    const averages = others.map((other) => averageUntil(other, step)).filter((average) => average !== undefined);
    if (averages.length < startup || averages.length === 0) return false;
    return curve.every(([, value]) => isBetter(median(averages), value, goal));
  },
});

function averageUntil(curve: LearningCurve, step: number): number | undefined {
  const values = curve.filter(([at]) => at <= step).map(([, value]) => value);
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[sorted.length >> 1]!;
  return sorted.length % 2 === 1 ? upper : (sorted[sorted.length / 2 - 1]! + upper) / 2;
}
