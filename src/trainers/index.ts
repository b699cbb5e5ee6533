import type { ParameterValue } from '../trial.js';
import { naiveBayesTrainer } from './bayes/naive-bayes.js';
import { decisionTreeTrainer } from './decision-tree.js';
import { dummyTrainer } from './dummy.js';
import { knnTrainer } from './knn.js';
import { elasticNetTrainer, lassoTrainer } from './linear/elastic-net.js';
import { linearSvmTrainer } from './linear/linear-svm.js';
import { logisticRegressionTrainer } from './logistic-regression.js';
import { mlRandomForestTrainer } from './ml-random-forest.js';
import { mlSvmTrainer } from './ml-svm.js';
import { mlpTrainer } from './neural/mlp.js';
import { ridgeTrainer } from './ridge.js';
import { svmTrainer } from './svm/svm.js';
import { type Trainer, TrainerError, type TrainerParams } from './trainer.js';
import { extraTreesTrainer } from './trees/extra-trees.js';
import { gradientBoostingTrainer } from './trees/gradient-boosting.js';
import { randomForestTrainer } from './trees/random-forest.js';

/** Every built-in trainer, in the order in which they are listed. What is large is loaded by the first fit only. */
export const TRAINERS: readonly Trainer[] = [
  gradientBoostingTrainer,
  randomForestTrainer,
  extraTreesTrainer,
  logisticRegressionTrainer,
  ridgeTrainer,
  svmTrainer,
  knnTrainer,
  decisionTreeTrainer,
  linearSvmTrainer,
  lassoTrainer,
  elasticNetTrainer,
  naiveBayesTrainer,
  mlpTrainer,
  mlRandomForestTrainer,
  mlSvmTrainer,
  dummyTrainer,
];

export function findTrainer(name: string): Trainer | undefined {
  return TRAINERS.find((trainer) => trainer.name === name);
}

/** What is wrong with these values: names that the trainer does not have, and values that break a rule. */
export function parameterProblems(trainer: Trainer, params: TrainerParams): { name: string; message: string }[] {
  const problems: { name: string; message: string }[] = [];
  for (const [name, value] of Object.entries(params)) {
    const parameter = trainer.parameters.find((candidate) => candidate.name === name);
    if (parameter === undefined) {
      const known = trainer.parameters.map((candidate) => candidate.name).join(', ');
      problems.push({ name, message: `is no parameter of ${trainer.name}, which has ${known || 'none'}` });
    } else if (!parameter.accepts(value)) {
      problems.push({ name, message: `must be ${parameter.rule}, got ${formatValue(value)}` });
    }
  }
  return problems;
}

/**
 * Fills in the defaults of what is not given.
 * @throws TrainerError naming every unknown parameter and every refused value.
 */
export function completeParams(trainer: Trainer, params: TrainerParams): TrainerParams {
  const problems = parameterProblems(trainer, params);
  if (problems.length > 0) {
    throw new TrainerError(trainer.name, problems.map(({ name, message }) => `${name} ${message}`).join('; '));
  }
  return { ...Object.fromEntries(trainer.parameters.map(({ name, default: value }) => [name, value])), ...params };
}

function formatValue(value: ParameterValue): string {
  // JSON would write NaN and Infinity as null.
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}
