import type { CvKind, CvSpec } from '../validation/plan-spec.js';
import type { IssueList } from './issue-list.js';
import type { SpaceFile } from './space-file-shape.js';

type CvEntry = NonNullable<NonNullable<SpaceFile['evaluation']>['cv']>;

const DEFAULT_FOLDS = 5;
const DEFAULT_TEST_SHARE = 0.25;

const COLUMN_PURPOSE = { time: 'orders the rows', predefined: 'numbers the fold of each row' } as const;

/** `evaluation.cv` with the keys of its kind; any other key is an issue. */
export function readCv(given: CvEntry, file: SpaceFile, issues: IssueList): CvSpec {
  const { column = '', folds = DEFAULT_FOLDS, repeats = 1, test = DEFAULT_TEST_SHARE } = given;
  const grouped = file.data?.groups !== undefined;
  const kind = given.kind ?? (grouped ? 'group' : undefined);
  refuseForeignKeys(given, file, issues);
  if (grouped && kind !== 'group') {
    const rule = `is read by evaluation.cv.kind group only; with ${kind}, rows of one group train and test the same fold`;
    issues.warn(['data', 'groups'], rule);
  }
  if (kind === 'time') return { kind, column, folds };
  if (kind === 'predefined') return { kind, column };
  if (kind === 'holdout') return { kind, test, repeats };
  return kind === undefined ? { folds, repeats } : { kind, folds, repeats };
}

function refuseForeignKeys({ kind, ...given }: CvEntry, file: SpaceFile, issues: IssueList): void {
  const add = (key: keyof CvEntry, message: string) => issues.add(['evaluation', 'cv', key], message, 'key');
  const shown = `got kind ${kind ?? 'by default'}`;
  if (isByColumn(kind)) {
    // Where the column is there and no text, that has been said already.
    if (!('column' in given)) add('kind', `kind ${kind} needs \`column:\`, the column that ${COLUMN_PURPOSE[kind]}`);
    if ((given.repeats ?? 1) > 1) add('repeats', `kind ${kind} has one division only; leave repeats out`);
  } else if (given.column !== undefined) add('column', `belongs to kind time or predefined, ${shown}`);
  if (kind === 'group' && file.data !== undefined && !('groups' in file.data)) {
    add('kind', 'kind group needs `data.groups`, the column that says which rows belong together');
  }
  if (kind !== 'holdout' && given.test !== undefined) add('test', `belongs to kind holdout, ${shown}`);
  if (given.folds === undefined) return;
  if (kind === 'holdout') add('folds', 'kind holdout has one fold; use `repeats:` for more');
  if (kind === 'predefined') add('folds', 'kind predefined takes its folds from the column');
}

function isByColumn(kind: CvKind | undefined): kind is keyof typeof COLUMN_PURPOSE {
  return kind === 'time' || kind === 'predefined';
}
