import { describe, expect, test } from 'vitest';
import { loadDataset } from '../../src/data/load-dataset.js';
import { dataSpec, feature, featureValues, shipped, temporaryFiles } from './data-spec.js';

const write = temporaryFiles();
const lines = (...rows: string[]) => `${rows.join('\n')}\n`;

describe('shipped datasets', () => {
  // Rows, columns, task and classes as search-spaces/data/README.md states them.
  test.each([
    ['iris', 'species', 150, 4, 3],
    ['wine', 'cultivar', 178, 13, 3],
    ['breast_cancer', 'diagnosis', 569, 30, 2],
    ['digits', 'digit', 1797, 64, 10],
    ['penguins', 'species', 344, 6, 3],
    ['credit', 'Status', 4454, 13, 2],
    ['churn', 'churn', 7043, 19, 2],
    ['concrete', 'compressive_strength', 1030, 8, 0],
    ['diabetes', 'progression', 442, 10, 0],
  ])('%s', async (name, target, rows, features, classes) => {
    const { dataset } = await loadDataset(dataSpec(shipped(name), target));
    expect(dataset.rows).toBe(rows);
    expect(dataset.features).toHaveLength(features);
    expect(dataset.target.task).toBe(classes > 0 ? 'classification' : 'regression');
    if (dataset.target.task === 'classification') expect(dataset.target.classes).toHaveLength(classes);
    for (const column of dataset.features) {
      const values = column.kind === 'categorical' ? column.codes : column.values;
      expect(values).toHaveLength(rows);
      expect(values.buffer).toBeInstanceOf(SharedArrayBuffer);
    }
  });

  test('penguins has two categorical columns and missing values', async () => {
    const { dataset, notes } = await loadDataset(dataSpec(shipped('penguins'), 'species'));
    const kinds = Object.fromEntries(dataset.features.map((column) => [column.name, column.kind]));
    expect(kinds).toMatchObject({ island: 'categorical', sex: 'categorical', body_mass_g: 'numeric' });
    expect(featureValues(feature(dataset, 'sex')).filter((value) => value === null)).toHaveLength(11);
    expect(notes).toEqual([]);
  });

  test('the positive class is the rarer one', async () => {
    const { dataset } = await loadDataset(dataSpec(shipped('credit'), 'Status'));
    expect(dataset.target).toMatchObject({ classes: ['bad', 'good'], positive: 0 });
  });

  test('the digits are classes by value, with notes on what was decided', async () => {
    const { dataset, notes } = await loadDataset(dataSpec(shipped('digits'), 'digit'));
    expect(dataset.target).toMatchObject({ classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] });
    expect(notes).toEqual([
      'took the 10 whole numbers of digit for classes; data.task: regression overrides',
      'pixel_0_0, pixel_4_0, pixel_4_7: the same in every row, which tells a model nothing',
    ]);
    const regression = await loadDataset(dataSpec(shipped('digits'), 'digit', { task: 'regression' }));
    expect(regression.dataset.target).toMatchObject({ task: 'regression' });
  });
});

describe('kinds of columns', () => {
  test('text is kept as written, also where numbers come first', async () => {
    const file = write('zip.csv', lines('zip,y', '007,1', '10.0,2', ',1', 'K1A,2'));
    const { dataset } = await loadDataset(dataSpec(file, 'y'));
    expect(featureValues(feature(dataset, 'zip'))).toEqual(['007', '10.0', null, 'K1A']);
  });

  test('numbers declared categorical keep their spelling', async () => {
    const file = write('declared.csv', lines('zip,y', '01234,1', '1234,2', '1234,1'));
    const { dataset } = await loadDataset(dataSpec(file, 'y', { types: { zip: 'categorical' } }));
    expect(feature(dataset, 'zip')).toMatchObject({ kind: 'categorical', categories: ['01234', '1234'] });
  });

  test('a column declared boolean takes the usual words and digits', async () => {
    const file = write('boolean.csv', lines('a,b,y', 'Yes,1,1', 'no,0,2', ',?,1', 'Y,1,2'));
    const { dataset } = await loadDataset(dataSpec(file, 'y', { types: { a: 'boolean', b: 'boolean' } }));
    expect(featureValues(feature(dataset, 'a'))).toEqual([true, false, null, true]);
    expect(featureValues(feature(dataset, 'b'))).toEqual([true, false, null, true]);
  });

  test('dates declared numeric are milliseconds', async () => {
    const file = write('dates.csv', lines('day,y', '1970-01-02,1', '1970-01-01T00:00:01Z,2'));
    const { dataset } = await loadDataset(dataSpec(file, 'y', { types: { day: 'numeric' } }));
    expect(featureValues(feature(dataset, 'day'))).toEqual([86_400_000, 1000]);
  });

  test('columns named like members of every object are columns', async () => {
    const rows = '[{"__proto__": 1, "constructor": "a", "y": "no"}, {"__proto__": 2, "y": "yes"}]';
    const { dataset } = await loadDataset(dataSpec(write('proto.json', rows), 'y'));
    expect(featureValues(feature(dataset, '__proto__'))).toEqual([1, 2]);
    expect(featureValues(feature(dataset, 'constructor'))).toEqual(['a', null]);
  });
});

describe('notes', () => {
  test('rows without a target are left out, in every column', async () => {
    const file = write('dropped.csv', lines('a,b,g,y', '1,x,g1,no', '2,z,g2,', '3,x,g3,yes', '4,w,,NA'));
    const { dataset, notes } = await loadDataset(dataSpec(file, 'y', { groups: 'g' }));
    expect(dataset.rows).toBe(2);
    expect(featureValues(feature(dataset, 'a'))).toEqual([1, 3]);
    expect(feature(dataset, 'b')).toMatchObject({ categories: ['x'] });
    expect(Array.from(dataset.groups ?? [])).toEqual([0, 1]);
    expect(notes[0]).toBe('left out 2 of 4 rows without a y, first line 3');
  });

  test('columns without any value are left out', async () => {
    const file = write('empty-columns.csv', lines('a,b,c,y', ',NA,1,no', '?,,2,yes'));
    const { dataset, notes } = await loadDataset(dataSpec(file, 'y', { types: { b: 'boolean' } }));
    expect(dataset.features.map((column) => column.name)).toEqual(['c']);
    expect(notes).toEqual(['left out columns without any value: a, b']);
  });

  test('identifiers, dates and decimal commas are remarked upon', async () => {
    const rows = Array.from(
      { length: 30 },
      (_, i) => `u${i};${i + 7};2024-01-${10 + (i % 20)};${i},5;${i % 2};${i % 3}`,
    );
    const file = write('odd.csv', lines('user;number;day;price;a;y', ...rows));
    const { notes } = await loadDataset(dataSpec(file, 'y'));
    const about = (text: string) => notes.find((note) => note.includes(text));
    expect(about('identifier')).toMatch(/^user, number, price: /);
    expect(about('dates')).toMatch(/^day: /);
    expect(about('comma')).toMatch(/^price: /);
  });
});

describe('groups, weights and order', () => {
  const file = write(
    'roles.csv',
    lines('a,g,w,t,fold,y', '1,s2,0.5,2024-03-01,b,no', '2,s1,2,2024-01-01T06:00Z,a,yes', '3,s2,1,2024-02-01,a,no'),
  );

  test('are taken out of the features', async () => {
    const spec = dataSpec(file, 'y', { groups: 'g', weights: 'w', exclude: ['fold'] });
    const { dataset } = await loadDataset(spec, { column: 't', kind: 'time' });
    expect(dataset.features.map((column) => column.name)).toEqual(['a']);
    expect(Array.from(dataset.groups ?? [])).toEqual([1, 0, 1]);
    expect(Array.from(dataset.weights ?? [])).toEqual([0.5, 2, 1]);
    expect(Array.from(dataset.order ?? [])).toEqual(
      ['2024-03-01T00:00Z', '2024-01-01T06:00Z', '2024-02-01T00:00Z'].map((time) => Date.parse(time)),
    );
  });

  test('predefined folds may have names', async () => {
    const { dataset } = await loadDataset(dataSpec(file, 'y'), { column: 'fold', kind: 'predefined' });
    expect(Array.from(dataset.order ?? [])).toEqual([1, 0, 0]);
  });

  test('many different groups and times are no reason to refuse', async () => {
    const rows = Array.from({ length: 6000 }, (_, i) => `${i % 9},g${i},${new Date(i * 1e9).toISOString()},${i % 2}`);
    const many = write('many.csv', lines('a,g,t,y', ...rows));
    const { dataset } = await loadDataset(dataSpec(many, 'y', { groups: 'g' }), { column: 't', kind: 'time' });
    expect(new Set(dataset.groups).size).toBe(6000);
    expect(dataset.order?.[5999]).toBe(5999e9);
  });
});

describe('identity', () => {
  const content = lines('a,b,y', '1,x,no', '2,,yes', ',z,no');
  const hash = async (text: string, more = {}) =>
    (await loadDataset(dataSpec(write('identity.csv', text), 'y', more))).dataset.hash;

  test('is the same for the same table and another for any other', async () => {
    const original = await hash(content);
    expect(original).toMatch(/^[0-9a-f]{64}$/);
    expect(await hash(content)).toBe(original);
    const others = [
      content.replace('2', '2.5'),
      content.replace('x', 'w'),
      content.replace('a,b', 'c,b'),
      content.replace('yes', 'no').replace('1,x,no', '1,x,yes'),
      lines('a,b,y', '2,,yes', '1,x,no', ',z,no'),
    ];
    const hashes = await Promise.all(
      others.map(async (text, index) => {
        const file = write(`other-${index}.csv`, text);
        return (await loadDataset(dataSpec(file, 'y'))).dataset.hash;
      }),
    );
    expect(new Set([original, ...hashes]).size).toBe(others.length + 1);
  });

  test('depends on the positive class, not on columns left out', async () => {
    expect(await hash(content, { positive: 'no' })).not.toBe(await hash(content, { positive: 'yes' }));
    const wider = lines('a,id,b,y', '1,p,x,no', '2,q,,yes', ',r,z,no');
    expect(await hash(wider, { exclude: ['id'] })).toBe(await hash(content));
  });
});

test('an open quote in a large file is refused before it takes the memory', async () => {
  const file = write('quote.csv', `a,y\n1,"no\n${'2,yes\n'.repeat(3_000_000)}`);
  await expect(loadDataset(dataSpec(file, 'y'))).rejects.toThrow(
    'the row that begins here goes on for more than 16 MiB (quote.csv:2)',
  );
});
