import { refuseMissing } from '../refuse-missing.js';
import { groupByClass, sampleWeights } from '../sample-weights.js';
import { SavedFields } from '../saved-model.js';
import { type Model, TrainerError, type TrainerParams, type TrainingSet } from '../trainer.js';
import { fitBernoulli, fitGaussian, fitMultinomial, type LabelledRows } from './fit-likelihood.js';
import { NaiveBayesModel } from './naive-bayes-model.js';

const NAME = 'naive-bayes';

/** @throws TrainerError */
export function fitNaiveBayes(train: TrainingSet, params: TrainerParams): Model {
  refuseMissing(NAME, train.features, train.columns);
  const { classes } = groupByClass(train);
  const rows: LabelledRows = {
    features: train.features,
    labels: Int32Array.from(train.target, (k) => classes.indexOf(k)),
    classCount: classes.length,
    weights: sampleWeights(train, null),
  };
  const fitPrior = params.fit_prior as boolean;
  const alpha = params.alpha as number;
  if (params.kind === 'multinomial') refuseNegative(train);
  const likelihood =
    params.kind === 'gaussian'
      ? fitGaussian(rows, params.var_smoothing as number)
      : params.kind === 'bernoulli'
        ? fitBernoulli(rows, alpha, params.binarize as number, fitPrior)
        : fitMultinomial(rows, alpha, fitPrior);
  return new NaiveBayesModel(likelihood, classes, train.classes?.length ?? 0);
}

function refuseNegative({ features, columns }: TrainingSet): void {
  const at = features.data.findIndex((value) => value < 0);
  if (at < 0) return;
  throw new TrainerError(
    NAME,
    `kind multinomial takes values >= 0 only, got ${features.data[at]} in column ${columns[at % features.columns]}; ` +
      'set preprocess.scale to none or minmax',
  );
}

/** Reads what the toJSON of a naive-bayes model gave. @throws StorageError */
export function loadNaiveBayes(saved: unknown): Model {
  return NaiveBayesModel.load(SavedFields.open(saved, NAME, 1));
}
