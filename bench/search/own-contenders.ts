import { findSampler } from '../../src/samplers/index.js';
import { AskTell, createSpace } from './drive-adapter.js';
import type { Asked, Contender, SideStudy, StudyPlan } from './study-side.js';

const NAMES = ['bayes', 'gp', 'tpe', 'cma-es', 'sobol', 'random'];

export const OWN_CONTENDERS: readonly Contender[] = NAMES.map((name) => ({
  name,
  isPeer: false,
  open: async (plan) => new OwnStudy(name, plan),
}));

class OwnStudy implements SideStudy {
  cpuMs = 0;
  private readonly study: AskTell;

  constructor(name: string, { task, seed, trials }: StudyPlan) {
    this.study = new AskTell(createSpace(task.space), findSampler(name)!, seed, trials, 'minimize');
  }

  async ask(): Promise<Asked> {
    return this.timed(() => this.study.ask());
  }

  async tell(id: number, value: number): Promise<void> {
    this.timed(() => this.study.tell(id, value));
  }

  private timed<T>(work: () => T): T {
    const before = process.cpuUsage();
    const result = work();
    const { user, system } = process.cpuUsage(before);
    this.cpuMs += (user + system) / 1000;
    return result;
  }
}
