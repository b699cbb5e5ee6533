import { mlpTrainer } from '../../../src/trainers/neural/mlp.js';
import { readReferenceScores, testFoldScores } from '../linear/fold-scores.js';

testFoldScores([mlpTrainer], readReferenceScores(new URL('reference/fold-scores.json', import.meta.url)), 0.01);
