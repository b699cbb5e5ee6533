import { decisionTreeTrainer } from '../../src/trainers/decision-tree.js';
import { dummyTrainer } from '../../src/trainers/dummy.js';
import { knnTrainer } from '../../src/trainers/knn.js';
import { logisticRegressionTrainer } from '../../src/trainers/logistic-regression.js';
import { mlRandomForestTrainer } from '../../src/trainers/ml-random-forest.js';
import { mlSvmTrainer } from '../../src/trainers/ml-svm.js';
import { ridgeTrainer } from '../../src/trainers/ridge.js';
import { trainerContract } from '../contracts/trainer-contract.js';

trainerContract(dummyTrainer);
trainerContract(decisionTreeTrainer);
trainerContract(decisionTreeTrainer, { params: { max_features: 'sqrt' }, weightsAreRepetitions: false });
const tooFewRows = 'fewer rows than n_neighbors';
trainerContract(knnTrainer, { mayRefuse: { 'one row': tooFewRows, 'two rows': tooFewRows } });
trainerContract(knnTrainer, { params: { n_neighbors: 1, weights: 'distance' } });
trainerContract(knnTrainer, {
  params: { n_neighbors: 3, weights: 'distance', p: 1.5 },
  mayRefuse: { 'one row': tooFewRows, 'two rows': tooFewRows },
});
trainerContract(logisticRegressionTrainer);
trainerContract(logisticRegressionTrainer, {
  params: { C: 1e6, class_weight: 'balanced' },
  weightsAreRepetitions: false,
});
trainerContract(logisticRegressionTrainer, { params: { penalty: 'l1', tol: 1e-7, max_iter: 1000 } });
trainerContract(logisticRegressionTrainer, {
  params: { penalty: 'elasticnet', C: 100, class_weight: 'balanced' },
  weightsAreRepetitions: false,
});
trainerContract(logisticRegressionTrainer, { params: { penalty: 'none' }, weightsAreRepetitions: false });
trainerContract(ridgeTrainer);
trainerContract(ridgeTrainer, { params: { alpha: 0 } });
trainerContract(mlRandomForestTrainer, { params: { nEstimators: 5 } });
trainerContract(mlSvmTrainer, { params: { maxIterations: 300 } });
trainerContract(mlSvmTrainer, { params: { kernel: 'rbf', C: 5 } });
