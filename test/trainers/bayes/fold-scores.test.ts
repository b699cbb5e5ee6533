import { naiveBayesTrainer } from '../../../src/trainers/bayes/naive-bayes.js';
import { readReferenceScores, testFoldScores } from '../linear/fold-scores.js';

testFoldScores([naiveBayesTrainer], readReferenceScores(new URL('reference/fold-scores.json', import.meta.url)), 0.01);
