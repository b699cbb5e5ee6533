import { svmTrainer } from '../../../src/trainers/svm/svm.js';
import { readReferenceScores, testFoldScores } from '../linear/fold-scores.js';

testFoldScores([svmTrainer], readReferenceScores(new URL('reference/fold-scores.json', import.meta.url)), 0.01);
