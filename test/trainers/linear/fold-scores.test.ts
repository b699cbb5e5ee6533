import { elasticNetTrainer, lassoTrainer } from '../../../src/trainers/linear/elastic-net.js';
import { linearSvmTrainer } from '../../../src/trainers/linear/linear-svm.js';
import { readReferenceScores, testFoldScores } from './fold-scores.js';

const references = readReferenceScores(new URL('reference/fold-scores.json', import.meta.url));
testFoldScores([linearSvmTrainer, lassoTrainer, elasticNetTrainer], references, 0.01);
