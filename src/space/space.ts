import type { ParameterValue, Params } from '../trial.js';
import { checkNames } from './check-names.js';
import { ConfigurationTree } from './configuration-tree.js';
import type { Constraint } from './constraint.js';
import { createCodec } from './create-codec.js';
import type { DomainCodec } from './domain-codec.js';
import { describeDomain, domainContains } from './domain-values.js';
import type { Parameter } from './parameter.js';
import { gridPoints, type PointSet } from './point-set.js';
import { SlotLayout } from './slot-layout.js';
import { SpaceError } from './space-error.js';

export type { Constraint } from './constraint.js';

export interface SpaceProblem {
  /** Full name of the parameter concerned; `constraints` where one of those is broken. */
  readonly name: string;
  readonly message: string;
}

/**
 * The configurations that a search may try: parameters with their domains, conditions and constraints. Immutable.
 * A parameter is active where its `when` holds; only active ones are part of a configuration.
 */
export class Space {
  /** In the file's order, which is also the order of the keys of a configuration. */
  readonly parameters: readonly Parameter[];
  readonly constraints: readonly Constraint[];
  /** The parameters that are not constant: one coordinate of the unit cube each. */
  readonly dimensions: readonly Parameter[];
  private readonly layout: SlotLayout;
  /** By slot. */
  private readonly codecs: readonly DomainCodec[];
  /** By slot: the coordinate of the unit cube, -1 for a constant. */
  private readonly coordinates: readonly number[];
  private cachedSize: number | undefined;
  private cachedAll: { readonly tree: ConfigurationTree | undefined } | undefined;
  private cachedGrid: { readonly tree: ConfigurationTree | undefined } | undefined;

  /**
   * @throws SpaceError when a name stands twice or is reserved, a condition or constraint reads a name that does not
   *   exist, or conditions form a circle.
   */
  static create(parameters: readonly Parameter[], constraints: readonly Constraint[]): Space {
    checkNames(parameters, constraints);
    return new Space(parameters, constraints);
  }

  private constructor(parameters: readonly Parameter[], constraints: readonly Constraint[]) {
    this.parameters = parameters;
    this.constraints = constraints;
    this.dimensions = parameters.filter(({ domain }) => domain.kind !== 'constant');
    this.layout = new SlotLayout(parameters, constraints);
    this.codecs = parameters.map(({ domain }) => createCodec(domain));
    const coordinateOf = new Map(this.dimensions.map((parameter, coordinate) => [parameter, coordinate]));
    this.coordinates = parameters.map((parameter) => coordinateOf.get(parameter) ?? -1);
  }

  /**
   * The configuration at a point of the unit cube; constraints are not checked.
   * @param unit length `dimensions.length`, each 0 … 1; coordinates of inactive parameters are not read.
   */
  decode(unit: Float64Array): Params {
    const values = this.layout.emptyValues();
    for (const slot of this.layout.order) {
      if (!this.layout.isActive(slot, values)) continue;
      const coordinate = this.coordinates[slot]!;
      values[slot] = this.codecs[slot]!.decode(coordinate === -1 ? 0 : unit[coordinate]!);
    }
    return this.layout.toParams(values);
  }

  /**
   * Inverse of `decode`.
   * @returns length `dimensions.length`, each 0 … 1, the centre of its cell for a discrete value; NaN where inactive.
   */
  encode(params: Params): Float64Array {
    const unit = new Float64Array(this.dimensions.length).fill(Number.NaN);
    const values = this.layout.activeValues(params);
    for (const [slot, value] of values.entries()) {
      const coordinate = this.coordinates[slot]!;
      if (coordinate !== -1 && value !== undefined) unit[coordinate] = this.codecs[slot]!.encode(value);
    }
    return unit;
  }

  /** Whether every constraint holds; one that reads an inactive parameter does. */
  feasible(params: Params): boolean {
    if (this.layout.constraints.length === 0) return true;
    const values = this.layout.activeValues(params);
    for (const bound of this.layout.constraints) if (!bound.allows(values)) return false;
    return true;
  }

  /**
   * Keeps what is given and active, and fills in the other active parameters: the default, else the middle of the range,
   * for a choice without an order its first value. Neither domains nor constraints are checked.
   */
  complete(partial: Params): Params {
    const values = this.layout.emptyValues();
    for (const slot of this.layout.order) {
      if (!this.layout.isActive(slot, values)) continue;
      values[slot] = this.layout.given(partial, slot) ?? this.firstGuess(slot);
    }
    return this.layout.toParams(values);
  }

  /** Everything that keeps these parameters from being a configuration of this space; empty when nothing does. */
  problems(params: Params): readonly SpaceProblem[] {
    const problems: SpaceProblem[] = [];
    for (const name of Object.keys(params)) {
      if (!this.layout.has(name)) problems.push({ name, message: 'is no parameter of this space' });
    }
    const values = this.layout.activeValues(params);
    for (const [slot, { name, domain }] of this.parameters.entries()) {
      const given = this.layout.given(params, slot);
      if (given !== undefined && !domainContains(domain, given)) {
        problems.push({ name, message: `must be ${describeDomain(domain)}, got ${JSON.stringify(given)}` });
      } else if (given !== undefined && !this.layout.isActive(slot, values)) {
        problems.push({ name, message: 'is not active beside these values; leave it out' });
      } else if (given === undefined && this.layout.isActive(slot, values)) {
        problems.push({ name, message: `is missing; it must be ${describeDomain(domain)}` });
      }
    }
    for (const [index, bound] of this.layout.constraints.entries()) {
      if (bound.allows(values)) continue;
      problems.push({
        name: 'constraints',
        message: `the constraint \`${this.constraints[index]!.text}\` does not hold`,
      });
    }
    return problems;
  }

  /** Text that is equal for configurations with equal active values, and only for them. */
  key(params: Params): string {
    const values = this.layout.activeValues(params);
    let key = '';
    for (let slot = 0; slot < values.length; slot++) {
      const value = values[slot];
      if (value === undefined) continue;
      key += typeof value === 'number' ? `${slot}:${value};` : `${slot}:${JSON.stringify(value)};`;
    }
    return key;
  }

  /**
   * How many configurations there are, not counting what differs only in inactive values, constraints left aside.
   * Infinity when any is continuous, or when conditions entangle too many values to count.
   */
  get size(): number {
    if (this.cachedSize === undefined) {
      const tree = new ConfigurationTree(this.layout, this.codecs, this.layout.nestedOrder, []);
      this.cachedSize = typeof tree.count === 'bigint' ? Number(tree.count) : Number.POSITIVE_INFINITY;
    }
    return this.cachedSize;
  }

  /** All feasible configurations by rank; undefined when they are not finitely many, or too entangled to count. */
  get configurations(): ConfigurationTree | undefined {
    this.cachedAll ??= { tree: countable(this.tree(this.codecs)) };
    return this.cachedAll.tree;
  }

  /**
   * The feasible points of the grid by rank, in the file's order, the last parameter fastest (a parameter that stands
   * before one that its `when` reads comes after it); undefined when constraints entangle too many values to count.
   * @throws SpaceError when a parameter has no finite set of points.
   */
  get grid(): ConfigurationTree | undefined {
    this.cachedGrid ??= { tree: countable(this.gridTree()) };
    return this.cachedGrid.tree;
  }

  /** The feasible points of the grid, in the order of `grid`. @throws SpaceError as `grid` does. */
  enumerate(): Generator<Params> {
    return this.gridTree().enumerate();
  }

  /** The parameters that a grid cannot take because they have no finite set of points. */
  gridProblems(): readonly SpaceProblem[] {
    return this.parameters.flatMap((parameter, slot) => {
      if (gridPoints(parameter, this.codecs[slot]!) !== undefined) return [];
      const { name, domain } = parameter;
      const remedy = 'give it `grid: 7` for seven points, `step` or `values`';
      return [{ name, message: `a grid needs finitely many values, got ${describeDomain(domain)}; ${remedy}` }];
    });
  }

  private gridTree(): ConfigurationTree {
    const problems = this.gridProblems();
    if (problems.length > 0) {
      throw new SpaceError(problems.map(({ name, message }) => ({ path: name, message: `${name}: ${message}` })));
    }
    const points = this.parameters.map((parameter, slot) => gridPoints(parameter, this.codecs[slot]!)!);
    return this.tree(points);
  }

  private tree(points: readonly PointSet[]): ConfigurationTree {
    return new ConfigurationTree(this.layout, points, this.layout.order, this.layout.constraints);
  }

  private firstGuess(slot: number): ParameterValue {
    const { domain, default: ownDefault } = this.parameters[slot]!;
    if (ownDefault !== undefined) return ownDefault;
    return this.codecs[slot]!.decode(domain.kind === 'categorical' && !domain.ordered ? 0 : 0.5);
  }
}

function countable(tree: ConfigurationTree): ConfigurationTree | undefined {
  return typeof tree.count === 'bigint' ? tree : undefined;
}
