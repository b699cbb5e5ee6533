import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { badBandwidth, goodBandwidth } from '../../../src/samplers/tpe/bandwidth.js';
import { EncodedTrials } from '../../../src/samplers/tpe/encoded-trials.js';
import { parameterGroups } from '../../../src/samplers/tpe/parameter-groups.js';
import { goodCount, TrialSplit } from '../../../src/samplers/tpe/trial-split.js';
import { improvementWeights, recencyWeights } from '../../../src/samplers/tpe/trial-weights.js';
import { choice, familySpace, float, space } from '../../space/space-builder.js';
import { TrialLog } from '../trial-log.js';

const reference: { readonly recency: Readonly<Record<string, readonly number[]>> } = JSON.parse(
  readFileSync(new URL('./reference/densities.json', import.meta.url), 'utf8'),
);

const branches = space([choice('kind', ['a', 'b']), float('x', 0, 1, { when: "kind == 'a'" })]);

/** Trials with these scores, every third one without x; undefined is a failure. */
function trialsOf(scores: readonly (number | undefined)[], lag = 1): EncodedTrials {
  const log = new TrialLog(branches, (_, trial) => scores[trial]);
  for (let i = 0; i < scores.length; i++) log.add(i % 3 === 2 ? { kind: 'b' } : { kind: 'a', x: i / 100 });
  const trials = new EncodedTrials(branches, 'maximize');
  trials.read(log.historyAt(scores.length, lag));
  return trials;
}

describe('the split into good and bad trials', () => {
  test('takes half the square root, rounded up, and no more than 25', () => {
    expect([0, 1, 4, 10, 16, 17, 100, 2_500, 1e6].map(goodCount)).toEqual([0, 1, 1, 2, 2, 3, 5, 25, 25]);
  });

  test('is that of a full sort, whatever fails or ties', () => {
    const score = fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined });
    fc.assert(
      fc.property(fc.array(score, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 5 }), (scores, lag) => {
        const trials = trialsOf(scores, lag);
        const readable = scores.slice(0, trials.ended);
        const ranked = [...readable.keys()]
          .filter((row) => readable[row] !== undefined)
          .sort((a, b) => readable[b]! - readable[a]! || a - b);
        const good = ranked.slice(0, goodCount(trials.ended));
        const split = new TrialSplit();
        split.split(trials, undefined);
        expect([...split.good.subarray(0, split.goodTrials)]).toEqual(good);
        const next = ranked[good.length];
        expect(split.threshold).toBe(next === undefined ? Number.POSITIVE_INFINITY : -readable[next]!);
        const bad = [...scores.keys()].filter((row) => !good.includes(row));
        expect([...split.bad.subarray(0, split.badTrials)]).toEqual(bad);
      }),
    );
  });

  test('promotes a bad trial behind the good ones', () => {
    const split = new TrialSplit();
    split.split(trialsOf([1, 2, 9, 4, 3, 8, 5]), undefined);
    split.promote([2, 4, 99]);
    expect([...split.good.subarray(0, split.goodTrials)]).toEqual([2, 5, 4]);
    expect([...split.bad.subarray(0, split.badTrials)]).toEqual([0, 1, 3, 6]);
  });

  test('reads only the trials that have the group', () => {
    const split = new TrialSplit();
    split.split(trialsOf([1, 2, 9, 4, 3, 8, 5]), 1);
    expect([...split.good.subarray(0, split.goodTrials)]).toEqual([6, 3]);
    expect([...split.bad.subarray(0, split.badTrials)]).toEqual([0, 1, 4]);
  });
});

test('rows that change are read again', () => {
  const log = new TrialLog(branches, (_, trial) => trial);
  for (let i = 0; i < 5; i++) log.add({ kind: 'a', x: i / 10 });
  const trials = new EncodedTrials(branches, 'maximize');
  trials.read(log.historyAt(5, 2));
  expect([trials.ended, trials.pending, trials.changedFrom]).toEqual([4, 1, 0]);
  trials.read(log.historyAt(5, 1));
  expect([trials.ended, trials.pending, trials.changedFrom]).toEqual([5, 0, 4]);
  trials.read(log.historyAt(5, 1));
  expect(trials.changedFrom).toBe(Number.POSITIVE_INFINITY);
  expect([...trials.units.subarray(0, 10)].filter((_, i) => i % 2 === 1)).toEqual([0, 0.1, 0.2, 0.3, 0.4]);
});

test('parameters under the same condition are a group', () => {
  const spaceOfTrial = familySpace();
  const names = parameterGroups(spaceOfTrial, [...spaceOfTrial.dimensions.keys()]).map((group) =>
    Array.from(group, (coordinate) => spaceOfTrial.dimensions[coordinate]!.name),
  );
  expect(names).toEqual([
    ['preprocess.scale', 'model'],
    ['forest.n_estimators', 'forest.max_depth', 'forest.bootstrap'],
    ['forest.max_samples'],
    ['svm.C', 'svm.kernel'],
    ['svm.gamma'],
    ['svm.degree'],
  ]);
});

describe('weights', () => {
  test('by age are those of Optuna', () => {
    for (const [count, expected] of Object.entries(reference.recency)) {
      const weights = new Float64Array(Number(count));
      recencyWeights(weights.length, weights);
      for (const [k, weight] of expected.entries()) expect(weights[k]).toBeCloseTo(weight, 12);
    }
  });

  test('by improvement are proportional to it, with mean 1', () => {
    const weights = new Float64Array(3);
    improvementWeights(Float64Array.of(1, 4, 6), 3, 7, weights);
    for (const [k, expected] of [1.8, 0.9, 0.3].entries()) expect(weights[k]).toBeCloseTo(expected, 12);
  });

  test.each([
    ['all equal', [2, 2], 2],
    ['nothing to compare with', [1, 2], Number.POSITIVE_INFINITY],
    ['differences beyond the range of numbers', [-1.7e308, 1], 1.7e308],
  ])('are alike with %s', (_, losses, threshold) => {
    const weights = new Float64Array(2);
    improvementWeights(Float64Array.from(losses), 2, threshold, weights);
    expect([...weights]).toEqual([1, 1]);
  });
});

describe('bandwidths', () => {
  test('of bad trials follow their number and the dimensions', () => {
    // 0.1 * 1000^(-1/10) and 0.1 * 32^(-1/5).
    expect(badBandwidth(new Float64Array(0), 1000, 6)).toBeCloseTo(0.050118723, 8);
    expect(badBandwidth(new Float64Array(0), 32, 1)).toBeCloseTo(0.05, 12);
  });

  test('of good trials follow their spread', () => {
    const near = Float64Array.of(0.5, 0.501, 0.502, 0.503);
    const far = Float64Array.of(0.1, 0.4, 0.6, 0.9);
    expect(goodBandwidth(near, 4, 2)).toBeLessThan(goodBandwidth(far, 4, 2));
    // One value: half the deviation of a single observation and the prior, sqrt(1 / 24) / 2.
    expect(goodBandwidth(Float64Array.of(0.5), 1, 3)).toBeCloseTo(0.1020620726, 9);
  });
});
