import type { Study } from '../../src/api/study.js';
import type { SearchMethod } from '../../src/spec/study-spec.js';
import { askOf, openStudy } from './open-study.js';
import type { Asked, Contender, SideStudy, StudyPlan } from './study-side.js';

export const OWN_METHODS: readonly SearchMethod[] = ['bayes', 'gp', 'tpe', 'cma-es', 'sobol', 'random'];

export const OWN_CONTENDERS: readonly Contender[] = OWN_METHODS.map((name) => ({
  name,
  isPeer: false,
  open: async (plan) => new OwnStudy(name, plan),
}));

class OwnStudy implements SideStudy {
  cpuMs = 0;
  private readonly study: Study;

  constructor(method: SearchMethod, { task, seed, trials }: StudyPlan) {
    this.study = openStudy(task.space, { method, seed, trials, goal: 'minimize' });
  }

  async ask(): Promise<Asked> {
    return this.timed(() => askOf(this.study));
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
