import { extraTreesTrainer } from '../../../src/trainers/trees/extra-trees.js';
import { gradientBoostingTrainer } from '../../../src/trainers/trees/gradient-boosting.js';
import { randomForestTrainer } from '../../../src/trainers/trees/random-forest.js';
import { trainerContract } from '../../contracts/trainer-contract.js';

trainerContract(randomForestTrainer, { params: { n_estimators: 8 }, weightsAreRepetitions: false });
trainerContract(randomForestTrainer, {
  params: { n_estimators: 5, bootstrap: false, max_features: null, max_leaf_nodes: 4 },
});
trainerContract(extraTreesTrainer, { params: { n_estimators: 8 }, weightsAreRepetitions: false });
trainerContract(gradientBoostingTrainer, {
  params: { max_iter: 10, min_samples_leaf: 1, max_leaf_nodes: 6 },
  weightsAreRepetitions: false,
});
trainerContract(gradientBoostingTrainer, {
  params: { max_iter: 12, early_stopping: true, subsample: 0.7, max_features: 0.5 },
  weightsAreRepetitions: false,
});
