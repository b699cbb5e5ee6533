/** A file that uses every key that can be used, over the trainers that are there. */
export const VALID_SPACE = `
version: 1
name: churn
seed: 42
data:
  file: churn.csv
  target: churn
  task: classification
  exclude: [customer_id]
  types: {zip: categorical}
  positive: "Yes"
  groups: household
  weights: weight
objective:
  metric: roc_auc
  goal: maximize
  target: 0.95
  also: [accuracy, log_loss]
preprocess:
  impute: median
  encode: onehot
  scale: {values: [none, standard, minmax, robust]}
evaluation:
  cv: {kind: stratified, folds: 5, repeats: 2}
  holdout: 0.2
  racing: false
search:
  method: sobol
  trials: 120
  lag: 16
  defaults: false
  initial:
    - {model: logreg, logreg.C: 10, preprocess.scale: standard}
parameters:
  max_iter: {min: 50, max: 500, type: int, log: true}
models:
  tree:
    use: decision-tree
    parameters:
      criterion: {values: [gini, entropy], default: entropy}
      max_depth: {values: [null, 4, 8, 16], ordered: true}
      min_samples_leaf: {min: 1, max: 20, type: int, step: 1, when: "max_depth in [8, 16]"}
      min_samples_split: {min: 0.01, max: 0.2, grid: 5}
    constraints:
      - min_samples_leaf < 10 or criterion != 'gini'
  logreg:
    use: logistic-regression
    parameters:
      C: {normal: {mean: 0, std: 2, log: true, min: 1e-4, max: 1e4}, default: 1}
      tol: 1e-4
  knn:
    use: knn
    preprocess: {scale: "choice(standard, robust)"}
    parameters:
      n_neighbors: logint(1, 50)
      p: quniform(1, 2, 0.5)
      weights: choice(uniform, distance)
constraints:
  - not (preprocess.scale == 'none' and model == 'logreg')
baseline: true
budget:
  wall: 30m
  trial: 2m
  fold: 90s
  patience: 40
`;
