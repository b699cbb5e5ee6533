import { svmTrainer } from '../../../src/trainers/svm/svm.js';
import { trainerContract } from '../../contracts/trainer-contract.js';

// Classes come from votes, probabilities from sigmoids fitted on random folds.
const options = { probabilitiesMayDisagree: true, weightsAreRepetitions: false };

trainerContract(svmTrainer, options);
trainerContract(svmTrainer, {
  ...options,
  params: { kernel: 'linear', C: 10, class_weight: 'balanced', max_iter: 20_000 },
});
trainerContract(svmTrainer, { ...options, params: { kernel: 'poly', gamma: 'auto', coef0: 1 } });
trainerContract(svmTrainer, { ...options, params: { kernel: 'sigmoid', gamma: 0.1, shrinking: false } });
