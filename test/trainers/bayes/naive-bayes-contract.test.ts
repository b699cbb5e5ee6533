import { naiveBayesTrainer } from '../../../src/trainers/bayes/naive-bayes.js';
import { trainerContract } from '../../contracts/trainer-contract.js';

trainerContract(naiveBayesTrainer);
trainerContract(naiveBayesTrainer, { params: { var_smoothing: 0 } });
trainerContract(naiveBayesTrainer, { params: { kind: 'bernoulli', alpha: 0 } });
