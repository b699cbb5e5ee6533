import { Random } from '../../random.js';
import type { ParameterValue } from '../../trial.js';
import { boundedValue } from '../bounded-values.js';
import { refuseMissing } from '../refuse-missing.js';
import { groupByClass, sampleWeights } from '../sample-weights.js';
import { SavedFields } from '../saved-model.js';
import type { Model, TrainerParams, TrainingSet } from '../trainer.js';
import type { Activation } from './activation.js';
import { boundedInputs, MlpClassifier, MlpRegressor } from './mlp-model.js';
import { DEFAULT_BATCH_ROWS } from './mlp-parameters.js';
import { createNetwork, type Network, type OutputKind } from './network.js';
import { trainNetwork } from './train-network.js';
import { splitForValidation } from './validation-split.js';

const NAME = 'mlp';

/** @param seed of the first weights, the batches and the rows set aside. @throws TrainerError */
export function fitMlp(train: TrainingSet, params: TrainerParams, seed: number): Model {
  refuseMissing(NAME, train.features, train.columns);
  const weights = sampleWeights(train, null);
  const meanWeight = weights.reduce((sum, weight) => sum + weight / weights.length, 0);
  const relative = weights.map((weight) => weight / meanWeight);
  return train.classes === undefined
    ? fitRegressor(train, relative, params, seed)
    : fitClassifier(train, train.classes.length, relative, params, seed);
}

function fitClassifier(
  train: TrainingSet,
  classCount: number,
  weights: Float64Array,
  params: TrainerParams,
  seed: number,
): MlpClassifier {
  const { classes } = groupByClass(train);
  const labels = train.target.map((k) => classes.indexOf(k));
  const outputs = classes.length <= 2 ? 1 : classes.length;
  const kind = outputs === 1 ? 'binary' : 'classes';
  const network = fitNetwork(train, labels, weights, outputs, kind, classes.length > 1, params, seed);
  return new MlpClassifier(network, classes, classCount);
}

function fitRegressor(train: TrainingSet, weights: Float64Array, params: TrainerParams, seed: number): MlpRegressor {
  const target = train.target.map(boundedValue);
  const largest = target.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const relative = target.map((value) => value / largest);
  const mean = relative.reduce((sum, value) => sum + value / target.length, 0);
  const variance = relative.reduce((sum, value) => sum + (value - mean) ** 2 / target.length, 0);
  const spread = Math.sqrt(variance) || 1;
  const scaled = relative.map((value) => (value - mean) / spread);
  const network = fitNetwork(train, scaled, weights, 1, 'number', variance > 0, params, seed);
  return new MlpRegressor(network, mean * largest, (variance > 0 ? spread : 0) * largest);
}

function fitNetwork(
  train: TrainingSet,
  target: Float64Array,
  weights: Float64Array,
  outputs: number,
  output: OutputKind,
  learns: boolean,
  params: TrainerParams,
  seed: number,
): Network {
  const sizes = [train.features.columns, ...layerSizes(params.hidden_layer_sizes!), outputs];
  const network = createNetwork(sizes, params.activation as Activation, output, new Random(seed, NAME, 'weights'));
  if (!learns) return network;
  const stopsEarly = params.early_stopping === true;
  const { trainRows, validationRows } = splitForValidation(
    output === 'number' ? undefined : target,
    train.features.rows,
    stopsEarly ? (params.validation_fraction as number) : 0,
    new Random(seed, NAME, 'validation'),
  );
  const wanted = params.batch_size === 'auto' ? DEFAULT_BATCH_ROWS : (params.batch_size as number);
  return trainNetwork(
    network,
    {
      features: boundedInputs(train.features),
      target,
      weights,
      trainRows,
      validationRows,
      alpha: params.alpha as number,
      learningRate: params.learning_rate_init as number,
      batchSize: Math.min(wanted, trainRows.length),
      maxEpochs: params.max_iter as number,
      tolerance: params.tol as number,
      patience: params.n_iter_no_change as number,
    },
    new Random(seed, NAME, 'batches'),
  );
}

function layerSizes(value: ParameterValue): readonly number[] {
  return (Array.isArray(value) ? value : [value]) as readonly number[];
}

/** Reads what the toJSON of an mlp model gave. @throws StorageError */
export function loadMlp(saved: unknown): Model {
  const fields = SavedFields.open(saved, NAME, 1);
  return fields.oneOf('task', ['classification', 'regression']) === 'classification'
    ? MlpClassifier.load(fields)
    : MlpRegressor.load(fields);
}
