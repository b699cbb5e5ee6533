import { mlpTrainer } from '../../../src/trainers/neural/mlp.js';
import { trainerContract } from '../../contracts/trainer-contract.js';

// Batches are drawn at random, so that a row twice is not a row of weight 2.
const weightsAreRepetitions = false;

trainerContract(mlpTrainer, { params: { hidden_layer_sizes: 8, max_iter: 20 }, weightsAreRepetitions });
trainerContract(mlpTrainer, {
  params: { hidden_layer_sizes: [6, 5, 4], activation: 'tanh', early_stopping: true, batch_size: 7, max_iter: 20 },
  weightsAreRepetitions,
});
