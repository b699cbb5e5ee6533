import { minimize } from '../../optimization/l-bfgs.js';
import type { Random } from '../../random.js';
import type { DomainCodec } from '../../space/domain-codec.js';
import type { Space } from '../../space/space.js';
import type { Params } from '../../trial.js';
import type { History } from '../sampler.js';
import type { InputLayout } from './input-layout.js';
import { logImprovement, logImprovementSlope } from './log-expected-improvement.js';
import type { Model } from './surrogate.js';

/** A box of the unit cube to stay in. A label is either free, from 0 to 1, or pinned: `low` and `high` are its value. */
export interface Region {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** How much work a search is. */
export interface SearchEffort {
  /** Points drawn over the whole region. */
  readonly global: number;
  /** Points drawn around the best observations. */
  readonly local: number;
  /** Best points from which steps are taken. */
  readonly starts: number;
  /** Gradient steps from each. */
  readonly steps: number;
}

/** Ranges with more values are searched by gradient, then rounded. */
const MOST_TO_ENUMERATE = 12;
export const USUAL_EFFORT: SearchEffort = { global: 200, local: 150, starts: 4, steps: 15 };

const NEIGHBOURHOOD_CENTRES = 6;
const NEIGHBOURHOOD_WIDTHS = [0.2, 0.05, 0.01, 0.002];
const ROUNDS = 3;

/** What one search is about. */
interface Task {
  readonly model: Model;
  readonly history: History;
  readonly random: Random;
  readonly region: Region | undefined;
}

interface Candidate {
  /** All coordinates, the inactive ones as they were drawn. */
  readonly raw: Float64Array;
  /** Where the decoded configuration stands; NaN where inactive. */
  readonly point: Float64Array;
  readonly params: Params;
  readonly value: number;
}

/**
 * Maximises log expected improvement over configurations, not over the cube: whatever is compared was decoded, kept the
 * constraints, is new, and is evaluated where it stands after rounding; coordinates that are inactive are not searched.
 */
export class AcquisitionSearch {
  private readonly space: Space;
  private readonly layout: InputLayout;
  private readonly meanGradient: Float64Array;
  private readonly varianceGradient: Float64Array;

  constructor(space: Space, layout: InputLayout) {
    this.space = space;
    this.layout = layout;
    this.meanGradient = new Float64Array(layout.kinds.length);
    this.varianceGradient = new Float64Array(layout.kinds.length);
  }

  /**
   * @param region the whole cube when absent.
   * @returns the best configuration found; undefined when none of those looked at is new.
   */
  run(model: Model, history: History, random: Random, region?: Region, effort = USUAL_EFFORT): Params | undefined {
    const task: Task = { model, history, random, region };
    const candidates: Candidate[] = [];
    const consider = (raw: Float64Array) => {
      if (region !== undefined) this.confine(raw, region);
      const candidate = this.candidate(raw, task);
      if (candidate !== undefined) candidates.push(candidate);
    };
    for (let i = 0; i < effort.global; i++) consider(this.drawAnywhere(random, region));
    const fromEverywhere = candidates.length;
    for (let i = 0; i < effort.local; i++) consider(this.drawNear(model, random, i));
    const everywhere = candidates.slice(0, fromEverywhere).sort((a, b) => b.value - a.value);
    const near = candidates.slice(fromEverywhere).sort((a, b) => b.value - a.value);
    const half = effort.starts >> 1;
    const starts = [...everywhere.slice(0, half), ...near.slice(0, effort.starts - half)];
    let best: Candidate | undefined;
    for (const start of starts) {
      const found = this.climb(start, task, effort.steps);
      if (best === undefined || found.value > best.value) best = found;
    }
    return best?.params;
  }

  private drawAnywhere(random: Random, region: Region | undefined): Float64Array {
    const raw = new Float64Array(this.layout.kinds.length);
    for (let i = 0; i < raw.length; i++) {
      const u = random.uniform();
      raw[i] = region === undefined ? u : region.low[i]! + u * (region.high[i]! - region.low[i]!);
    }
    return raw;
  }

  /** Moves some coordinates of one of the best observations; an inactive one gets a random value in case it wakes up. */
  private drawNear(model: Model, random: Random, index: number): Float64Array {
    const dimensions = this.layout.kinds.length;
    const centre = model.ranking[index % Math.min(NEIGHBOURHOOD_CENTRES, model.ranking.length)]!;
    const width = NEIGHBOURHOOD_WIDTHS[Math.floor(index / NEIGHBOURHOOD_CENTRES) % NEIGHBOURHOOD_WIDTHS.length]!;
    const raw = model.inputs.slice(centre * dimensions, (centre + 1) * dimensions);
    const probability = Math.max(0.5, 1 / dimensions);
    const certain = random.integer(dimensions);
    for (let i = 0; i < dimensions; i++) {
      if (Number.isNaN(raw[i]!)) raw[i] = random.uniform();
      else if (i === certain || random.uniform() < probability) raw[i] = this.nudge(raw[i]!, i, width, random);
    }
    return raw;
  }

  private nudge(value: number, coordinate: number, width: number, random: Random): number {
    if (this.layout.kinds[coordinate] === 'label') return random.uniform() < 0.3 ? random.uniform() : value;
    const step = Math.max(width, 1 / this.layout.counts[coordinate]!) * random.normal();
    return reflect(value + step);
  }

  private confine(raw: Float64Array, region: Region): void {
    for (let i = 0; i < raw.length; i++) {
      raw[i] = Math.min(Math.max(raw[i]!, region.low[i]!), region.high[i]!);
    }
  }

  private candidate(raw: Float64Array, { model, history }: Task): Candidate | undefined {
    const { process, incumbent } = model;
    const params = this.space.decode(raw);
    if (!this.space.feasible(params) || history.has(this.space.key(params))) return undefined;
    const point = this.space.encode(params);
    process.predict(point);
    const deviation = Math.sqrt(process.variance);
    const value = logImprovement((incumbent - process.mean) / deviation) + Math.log(deviation);
    return { raw, point, params, value };
  }

  /** Gradient steps along what is continuous and one coordinate at a time along the rest, in turn. */
  private climb(start: Candidate, task: Task, steps: number): Candidate {
    let best = start;
    for (let round = 0; round < ROUNDS; round++) {
      const before = best.value;
      best = this.follow(best, task, steps);
      const smooth = best;
      best = this.exchange(best, task);
      if (best === smooth || best.value - before < 1e-3) break;
    }
    return best;
  }

  private follow(start: Candidate, task: Task, steps: number): Candidate {
    const { region } = task;
    const { process, incumbent } = task.model;
    const { kinds, counts } = this.layout;
    const moving: number[] = [];
    for (let i = 0; i < kinds.length; i++) {
      if (kinds[i] !== 'label' && counts[i]! > MOST_TO_ENUMERATE && !Number.isNaN(start.point[i]!)) moving.push(i);
    }
    if (moving.length === 0) return start;
    const { meanGradient, varianceGradient } = this;
    const point = start.point.slice();
    const low = (i: number) => region?.low[i] ?? 0;
    const width = (i: number) => (region === undefined ? 1 : region.high[i]! - region.low[i]!);
    // x = low + width (1 - cos πt) / 2 keeps x within its bounds whatever t is.
    const place = (angles: Float64Array) => {
      for (const [k, i] of moving.entries()) point[i] = low(i) + (width(i) * (1 - Math.cos(Math.PI * angles[k]!))) / 2;
    };
    const angles = Float64Array.from(moving, (i) => {
      const share = width(i) > 0 ? (start.point[i]! - low(i)) / width(i) : 0.5;
      return Math.acos(1 - 2 * Math.min(Math.max(share, 1e-4), 1 - 1e-4)) / Math.PI;
    });
    const found = minimize(
      (t, gradient) => {
        place(t);
        process.predict(point);
        process.gradients(point, meanGradient, varianceGradient);
        const deviation = Math.sqrt(process.variance);
        const z = (incumbent - process.mean) / deviation;
        const slope = logImprovementSlope(z);
        for (const [k, i] of moving.entries()) {
          const ofDeviation = varianceGradient[i]! / (2 * deviation);
          const byPoint = (slope * (-meanGradient[i]! - z * ofDeviation) + ofDeviation) / deviation;
          gradient[k] = (-byPoint * width(i) * Math.PI * Math.sin(Math.PI * t[k]!)) / 2;
        }
        return -(logImprovement(z) + Math.log(deviation));
      },
      angles,
      {
        maxIterations: steps,
        maxEvaluations: 2 * steps,
        gradientTolerance: 1e-3,
        valueTolerance: 1e-4,
        firstStep: 0.01,
      },
    );
    place(found.x);
    const raw = start.raw.slice();
    for (const i of moving) raw[i] = point[i]!;
    const candidate = this.candidate(raw, task);
    return candidate !== undefined && candidate.value > start.value ? candidate : start;
  }

  private exchange(start: Candidate, task: Task): Candidate {
    const { region, random } = task;
    let best = start;
    const { kinds, counts, codecs } = this.layout;
    for (let i = 0; i < kinds.length; i++) {
      const count = counts[i]!;
      if (count === Number.POSITIVE_INFINITY || Number.isNaN(best.point[i]!)) continue;
      for (const unit of this.alternatives(codecs[i]!, count, best.point[i]!, random)) {
        if (unit === best.point[i]) continue;
        if (region !== undefined && (unit < region.low[i]! || unit > region.high[i]!)) continue;
        const raw = best.raw.slice();
        raw[i] = unit;
        const candidate = this.candidate(raw, task);
        if (candidate !== undefined && candidate.value > best.value) best = candidate;
      }
    }
    return best;
  }

  /** All values where they are few, else those next to the present one and some others. */
  private alternatives(codec: DomainCodec, count: number, present: number, random: Random): readonly number[] {
    const at = (index: number) => codec.encode(codec.valueAt(index));
    if (count <= MOST_TO_ENUMERATE) return Array.from({ length: count }, (_, index) => at(index));
    // Reaches the neighbour of a value on a logarithmic range as well: cells differ in width there.
    const steps = [1, 2].flatMap((step) => [present - step / count, present + step / count]);
    const nearby = steps.filter((unit) => unit >= 0 && unit <= 1);
    return [...nearby, at(random.integer(count)), at(random.integer(count))];
  }
}

/** Folds a number back into the unit interval. */
function reflect(value: number): number {
  const folded = Math.abs(value) % 2;
  return folded > 1 ? 2 - folded : folded;
}
