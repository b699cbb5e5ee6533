import type { StopReason } from '../journal/journal-event.js';
import type { History } from '../samplers/sampler.js';
import type { EndedTrial, Params } from '../trial.js';
import type { StudyParts } from './study-parts.js';

/** Asks the sampler for one trial after the other, each as soon as it may be asked for. */
export class Proposer {
  private readonly parts: Pick<StudyParts, 'state' | 'space' | 'sampler' | 'lag' | 'trials'>;
  private readonly keys = new Set<string>();
  /** Trials whose results the next proposal may read. */
  private readonly readable: EndedTrial[] = [];
  private exhausted = false;

  constructor(parts: Pick<StudyParts, 'state' | 'space' | 'sampler' | 'lag' | 'trials'>) {
    this.parts = parts;
    const { state, space } = parts;
    for (let trial = 0; trial < state.proposed; trial++) this.keys.add(space.key(state.params(trial)));
  }

  /** Why there is nothing more to propose. */
  get reason(): StopReason {
    return this.exhausted ? 'exhausted' : 'trials';
  }

  /** @returns undefined when the trials or the space are used up, or results have to come first. */
  next(): { readonly number: number; readonly params: Params } | undefined {
    const { state, space, sampler, lag, trials } = this.parts;
    const number = state.proposed;
    const [added] = state.added;
    // The sampler's sequence is the one it would be without what the user added.
    const own = number - state.addedTrials;
    if (added === undefined && (this.exhausted || (trials !== undefined && own >= trials))) return undefined;
    if (lag !== undefined && state.endedPrefix <= number - lag) return undefined;
    const params = added ?? sampler.suggest(own, this.history(number));
    if (params === undefined) {
      this.exhausted = true;
      return undefined;
    }
    this.keys.add(space.key(params));
    return { number, params };
  }

  private history(number: number): History {
    const { state, lag } = this.parts;
    const has = (key: string) => this.keys.has(key);
    if (lag === undefined) return { ended: [], pending: [], has };
    while (this.readable.length <= number - lag) this.readable.push(state.ended(this.readable.length)!);
    const pending = [];
    for (let trial = this.readable.length; trial < number; trial++) {
      pending.push({ number: trial, params: state.params(trial) });
    }
    return { ended: this.readable, pending, has };
  }
}
