import { accuracy } from './accuracy.js';
import { balancedAccuracy } from './balanced-accuracy.js';
import { brier } from './brier.js';
import { logLoss } from './log-loss.js';
import { mcc } from './mcc.js';
import type { Metric } from './metric.js';
import { prAuc } from './pr-auc.js';
import { f1, f1Macro, precision, recall } from './precision-recall-f1.js';
import { r2 } from './r2.js';
import { mae, mape, medianAe, rmse } from './regression-errors.js';
import { rocAuc } from './roc-auc.js';

/** Every metric by which a study can rank, classification first. */
export const METRICS: readonly Metric[] = [
  accuracy,
  balancedAccuracy,
  f1,
  f1Macro,
  precision,
  recall,
  rocAuc,
  prAuc,
  logLoss,
  brier,
  mcc,
  rmse,
  mae,
  mape,
  r2,
  medianAe,
];

export function findMetric(name: string): Metric | undefined {
  return METRICS.find((metric) => metric.name === name);
}
