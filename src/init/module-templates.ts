/** A module that is the objective itself; its parameters are those of the space file written beside it. */
export const OBJECTIVE_TEMPLATE = `// What is tuned. Each trial calls it once, in a worker process that runs one trial after the other: it may take as long
// as it needs, use any package that is installed here, print (cml logs shows it), and fail, which ends that trial only.
// What stands outside of it is kept between trials of a worker: for what is loaded once, not for what a result depends on.

/** @type {import('concurrent-ml').ObjectiveModule<{ x: number, rate: number, shape: string }>['evaluate']} */
export async function evaluate(params, context) {
  // params: a value for every parameter of the space file.
  // context.seed: for what is random in here, so that trials are compared on equal terms.
  // context.signal: aborted when nobody waits for the result any more.
  const { x, rate, shape } = params;
  let distance = Math.abs(x - 2) + (shape === 'square' ? 1 : 0);
  for (let step = 1; step <= 10 && !context.signal.aborted; step++) {
    distance *= 1 - Math.min(rate, 0.5);
    // How far it is: with search.pruning in the space file, trials that fall behind are given up.
    context.report(step, distance);
  }
  // The metric of the space file; other numbers beside it may be listed in objective.also.
  return { loss: distance };
}
`;

/** A module that is a trainer: nearest neighbours, short enough to be replaced. */
export const TRAINER_TEMPLATE = `// A trainer of your own, cross-validated like the built-in ones: for each fold of a trial, fit gets the training rows and
// returns what predicts the others. It runs in a worker process, one fold after the other, and may print (cml logs shows
// it) or fail. What stands outside of it is kept between the folds of a worker.

/** @type {import('concurrent-ml').TrainerModule<{ neighbors: number, power: number }>['fit']} */
export async function fit(train, params, context) {
  // train.features: { data, rows, columns }, row after row, after the preprocessing of the space file.
  // train.target: numbers, or indices into train.classes. train.columns: names. context.seed: for what is random.
  // The example: the nearest neighbours, by the distance with this power.
  const { neighbors, power } = params;
  const { features, target, classes } = train;
  const width = classes?.length ?? 1;

  /**
   * Rows x classes: the shares among the neighbours; without classes, rows x 1: their mean.
   * @param {import('concurrent-ml').Matrix} test
   */
  function outputs(test) {
    const found = new Float64Array(test.rows * width);
    const count = Math.min(neighbors, features.rows);
    for (let row = 0; row < test.rows; row++) {
      const distances = Array.from({ length: features.rows }, (_, other) => [distance(test, row, other), other]);
      distances.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      for (const [, other] of distances.slice(0, count)) {
        if (classes === undefined) found[row] += target[other] / count;
        else found[row * width + target[other]] += 1 / count;
      }
    }
    return found;
  }

  /** @type {(test: import('concurrent-ml').Matrix, row: number, other: number) => number} */
  function distance(test, row, other) {
    let sum = 0;
    for (let column = 0; column < features.columns; column++) {
      const difference = test.data[row * test.columns + column] - features.data[other * features.columns + column];
      sum += Math.abs(difference) ** power;
    }
    return sum;
  }

  // Numbers need predict only.
  if (classes === undefined) return { predict: outputs };
  return {
    /** Indices into train.classes. */
    predict(test) {
      const shares = outputs(test);
      return Array.from({ length: test.rows }, (_, row) => {
        const own = shares.subarray(row * width, (row + 1) * width);
        return own.indexOf(Math.max(...own));
      });
    },
    /** Rows x classes; metrics such as roc_auc and log_loss need it. */
    predictProba: outputs,
  };
}
`;
