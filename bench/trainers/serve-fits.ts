/** Our side: answers fit requests line by line. */
import { createInterface } from 'node:readline';
import { accuracy } from '../../src/metrics/accuracy.js';
import { r2 } from '../../src/metrics/r2.js';
import { completeParams, findTrainer } from '../../src/trainers/index.js';
import type { Model } from '../../src/trainers/trainer.js';
import type { FitReply, FitRequest } from './fit-request.js';
import { type MatrixFile, readMatrixFile, takeRows } from './matrix-file.js';

const files = new Map<string, MatrixFile>();

function open(path: string): MatrixFile {
  const file = files.get(path) ?? readMatrixFile(path);
  files.set(path, file);
  return file;
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function answer({ file: path, split, fold, trainer: name, params, seed, times }: FitRequest): Promise<FitReply> {
  const file = open(path);
  const numbers = file.splits[split]!;
  const all = Int32Array.from(numbers.keys());
  const { features, target } = takeRows(
    file,
    all.filter((row) => numbers[row] !== fold),
  );
  const test = takeRows(
    file,
    all.filter((row) => numbers[row] === fold),
  );
  const trainer = findTrainer(name)!;
  const classes = Array.from({ length: file.classCount }, (_, label) => String(label));
  const train = {
    features,
    target,
    columns: Array.from({ length: features.columns }, (_, column) => `x${column}`),
    ...(file.classCount > 0 && { classes }),
  };
  const complete = completeParams(trainer, params);
  const started = cpuSeconds();
  let model: Model | undefined;
  for (let time = 0; time < times; time++) model = await trainer.fit(train, complete, { seed });
  const fitted = cpuSeconds();
  let values: Float64Array = new Float64Array(0);
  for (let time = 0; time < times; time++) values = model!.predict(test.features);
  const predicted = cpuSeconds();
  const score =
    file.classCount > 0
      ? accuracy.score({ task: 'classification', values: test.target, classes, positive: 0 }, { values })
      : r2.score({ task: 'regression', values: test.target }, { values });
  return { fitSeconds: (fitted - started) / times, predictSeconds: (predicted - fitted) / times, score };
}

for await (const line of createInterface({ input: process.stdin })) {
  const request: FitRequest = JSON.parse(line);
  console.log(JSON.stringify(await answer(request)));
}
