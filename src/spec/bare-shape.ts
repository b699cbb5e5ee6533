import { BUDGET } from './budget-shape.js';
import { list, object, record } from './collection-shapes.js';
import { PARAMETER } from './parameter-shape.js';
import { number, oneOf, text } from './scalar-shapes.js';
import { SEARCH } from './search-shape.js';
import { described, type Infer, type Shape } from './shape.js';
import { CONSTRAINTS, NAME, SEVERAL_OBJECTIVES, STUDY_NAME, single, VERSION } from './space-file-shape.js';

/** A key of the space file that means nothing here. */
function absent(message: string): Shape<undefined> {
  return {
    expected: 'absent',
    json: { not: {} },
    check(_value, path, issues) {
      issues.add(path, message, 'key');
      return undefined;
    },
  };
}

const NO_DATA =
  'belongs to a study with data; here the objective is code: leave it out, or call tune(spec) without one';

const metricName = text('the name of a number');

const objective = object(
  {
    metric: described(single(metricName), 'What the number is called. Default: value.'),
    goal: described(single(oneOf(['maximize', 'minimize'])), 'Needed unless the metric is a known one.'),
    target: described(number(), 'Stop when a trial reaches it.'),
    also: described(list(metricName, { expected: 'a list of names' }), 'Numbers reported beside it.'),
  },
  { title: 'Objective', example: '{goal: minimize}', aliases: { name: 'metric', direction: 'goal', type: 'goal' } },
);

/** A space file without data and models, whose objective is the caller's code. */
export const BARE_SPACE = object(
  {
    version: VERSION,
    name: described(STUDY_NAME, 'Default: study.'),
    seed: described(number({ integer: true, min: 0 }), 'Default: 0.'),
    objective: described(single(objective), 'What ranks the trials.'),
    evaluation: object(
      {
        repeats: described(number({ integer: true, min: 1, max: 1000 }), 'Default: 1.'),
        cv: absent(NO_DATA),
        holdout: absent(NO_DATA),
      },
      { title: 'Evaluation', example: '{repeats: 3}' },
    ),
    search: SEARCH,
    parameters: record(PARAMETER, {
      title: 'Parameters',
      expected: 'a map from names to ranges',
      name: NAME,
      minimum: 1,
    }),
    constraints: CONSTRAINTS,
    budget: BUDGET,
    data: absent(NO_DATA),
    models: absent(NO_DATA),
    preprocess: absent(NO_DATA),
    baseline: absent(NO_DATA),
  },
  {
    title: 'Space without data',
    example: "{objective: {goal: 'minimize'}, parameters: {x: {min: 0, max: 1}}}",
    required: {
      objective: "{goal: 'minimize'} or {goal: 'maximize'}",
      parameters: 'a map from names to ranges such as {x: {min: 0, max: 1}}',
    },
    aliases: { objectives: 'objective', direction: 'objective', goal: 'objective', space: 'parameters' },
    remarks: { objectives: SEVERAL_OBJECTIVES },
  },
);

export type BareFile = Infer<typeof BARE_SPACE>;
