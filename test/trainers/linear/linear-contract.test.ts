import { elasticNetTrainer, lassoTrainer } from '../../../src/trainers/linear/elastic-net.js';
import { linearSvmTrainer } from '../../../src/trainers/linear/linear-svm.js';
import { trainerContract } from '../../contracts/trainer-contract.js';

// Tighter than the default, so that the same problem written twice has the same answer to three digits.
trainerContract(linearSvmTrainer, { params: { tol: 1e-7, max_iter: 10_000 } });
trainerContract(linearSvmTrainer, { params: { C: 100, class_weight: 'balanced' }, weightsAreRepetitions: false });
trainerContract(linearSvmTrainer, { params: { fit_intercept: false, max_iter: 50 }, weightsAreRepetitions: false });
trainerContract(lassoTrainer);
trainerContract(elasticNetTrainer);
trainerContract(elasticNetTrainer, { params: { alpha: 0.001, fit_intercept: false } });
trainerContract(elasticNetTrainer, { params: { alpha: 0 } });
