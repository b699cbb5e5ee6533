import type { ParameterValue } from '../trial.js';
import type { DomainCodec } from './domain-codec.js';

/** Choices take equal shares of the unit interval, in their order. */
export class ChoiceCodec implements DomainCodec {
  readonly count: number;
  private readonly values: readonly ParameterValue[];
  private readonly indexes: ReadonlyMap<string, number>;

  constructor(values: readonly ParameterValue[]) {
    this.values = values;
    this.count = values.length;
    this.indexes = new Map(values.map((value, index) => [JSON.stringify(value), index]));
  }

  decode(unit: number): ParameterValue {
    return this.values[Math.min(Math.floor(unit * this.count), this.count - 1)]!;
  }

  encode(value: ParameterValue): number {
    const index = this.indexes.get(JSON.stringify(value));
    return index === undefined ? Number.NaN : (index + 0.5) / this.count;
  }

  valueAt(index: number): ParameterValue {
    return this.values[index]!;
  }
}
