import { SAMPLERS } from '../samplers/index.js';
import { forms, isMap, list, object } from './collection-shapes.js';
import { flag, number, off, oneOf } from './scalar-shapes.js';
import { searchMethod } from './search-method.js';
import { described, type Infer, type Shape } from './shape.js';

export const MOST_TRIALS = 1_000_000;

const INITIAL_EXPECTED = 'a map such as {model: svm, svm.C: 10}';
const configuration: Shape<Readonly<Record<string, unknown>>> = {
  expected: INITIAL_EXPECTED,
  json: { title: 'A configuration', type: 'object' },
  check(value, path, issues) {
    if (isMap(value)) return value;
    issues.add(path, `must be ${INITIAL_EXPECTED}`);
    return undefined;
  },
};

const UNADAPTIVE = SAMPLERS.filter((sampler) => !sampler.adaptive).map((sampler) => sampler.name);

const pruning = object(
  {
    method: described(oneOf(['median', 'halving']), 'The median stopping rule, or successive halving.'),
    warmup: described(number({ min: 0 }), 'median: steps below this are not judged. Default: 0.'),
    startup: described(
      number({ integer: true, min: 1, max: MOST_TRIALS }),
      'median: trials that must have come as far before any is judged. Default: 5.',
    ),
    min_steps: described(number({ integer: true, min: 1 }), 'halving: the first step at which is judged. Default: 1.'),
    factor: described(number({ min: 1.5, max: 100 }), 'halving: one trial in so many goes on. Default: 3.'),
  },
  {
    title: 'Pruning',
    example: '{method: median}',
    required: { method: 'median or halving' },
    aliases: { type: 'method', n_startup_trials: 'startup', n_warmup_steps: 'warmup', reduction_factor: 'factor' },
  },
);

/** `search`. */
export const SEARCH = object(
  {
    method: described(searchMethod(), 'Default: random.'),
    trials: described(number({ integer: true, min: 1, max: MOST_TRIALS }), 'Default: the whole grid, or 50.'),
    lag: described(
      number({ integer: true, min: 1, max: MOST_TRIALS }),
      `How many trials back results are read; default: 4. Not read by ${UNADAPTIVE.join(', ')}.`,
    ),
    initial: described(
      list(configuration, { expected: 'a list of maps such as {model: svm, svm.C: 10}', maximum: 10_000 }),
      'Configurations to try first, by full names.',
    ),
    defaults: described(flag(), "false: leave out the models' known-good configurations. Default: true."),
    pruning: described(
      forms<Infer<typeof pruning> | false>('false or a map such as {method: median}', [
        { shape: off(), meant: (value) => value === false || value === null },
        { shape: pruning, meant: isMap },
      ]),
      'Gives up trials whose learning curve falls behind; needs a module or command that reports one.',
    ),
  },
  {
    title: 'Search',
    example: '{method: random, trials: 50}',
    aliases: { sampler: 'method', algorithm: 'method', n_trials: 'trials', max_trials: 'trials', budget: 'trials' },
  },
);
