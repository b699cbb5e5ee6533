import { ChoiceCodec } from './choice-codec.js';
import type { DomainCodec } from './domain-codec.js';
import { NormalCodec } from './normal-codec.js';
import type { Domain } from './parameter.js';
import { LogRangeCodec, RangeCodec } from './range-codecs.js';
import { LogIntegerCodec, StepCodec } from './step-codecs.js';

export function createCodec(domain: Domain): DomainCodec {
  switch (domain.kind) {
    case 'constant':
      return new ChoiceCodec([domain.value]);
    case 'categorical':
      return new ChoiceCodec(domain.values);
    case 'int':
      return domain.log
        ? new LogIntegerCodec(domain.min, domain.max, domain.step)
        : new StepCodec(domain.min, domain.max, domain.step);
    case 'float':
      if (domain.step !== undefined) return new StepCodec(domain.min, domain.max, domain.step);
      return domain.log ? new LogRangeCodec(domain.min, domain.max) : new RangeCodec(domain.min, domain.max);
    case 'normal':
      return new NormalCodec(domain);
  }
}
