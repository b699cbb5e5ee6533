import { byteSize } from './byte-size.js';
import { object } from './collection-shapes.js';
import { duration } from './duration.js';
import { number } from './scalar-shapes.js';
import { MOST_TRIALS } from './search-shape.js';
import { described } from './shape.js';

/** `budget`. */
export const BUDGET = object(
  {
    wall: described(duration(), 'The whole sweep, e.g. 30m.'),
    trial: described(duration(), "The summed run time of one trial's folds, e.g. 2m."),
    fold: described(duration(), 'One fold, e.g. 90s.'),
    memory: described(byteSize(), 'Resident memory of one worker, such as 1GiB.'),
    patience: described(
      number({ integer: true, min: 1, max: MOST_TRIALS }),
      'Stop after so many trials without improvement.',
    ),
  },
  { title: 'Budget', example: '{wall: 30m, trial: 2m}', aliases: { time: 'wall', timeout: 'wall' } },
);
