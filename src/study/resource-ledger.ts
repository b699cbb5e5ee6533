import type { Resources } from '../validation/user-code.js';

/** What is lent to one task. */
export interface Lease {
  readonly cpus: number;
  /** Names of the devices. */
  readonly gpus: readonly string[];
  readonly memoryBytes: number;
}

/** What a machine has for tasks: processors, GPUs and memory, each lent to one task at a time. */
export class ResourceLedger {
  private cpus: number;
  private readonly gpus: string[];
  private memoryBytes: number;

  constructor(cpus: number, gpus: readonly string[], memoryBytes: number) {
    this.cpus = cpus;
    this.gpus = [...gpus];
    this.memoryBytes = memoryBytes;
  }

  fits({ cpus, gpus, memoryBytes = 0 }: Resources): boolean {
    return cpus <= this.cpus && gpus <= this.gpus.length && memoryBytes <= this.memoryBytes;
  }

  /** @param wanted what fits. */
  take({ cpus, gpus, memoryBytes = 0 }: Resources): Lease {
    this.cpus -= cpus;
    this.memoryBytes -= memoryBytes;
    return { cpus, gpus: this.gpus.splice(0, gpus), memoryBytes };
  }

  giveBack({ cpus, gpus, memoryBytes }: Lease): void {
    this.cpus += cpus;
    this.gpus.push(...gpus);
    this.gpus.sort();
    this.memoryBytes += memoryBytes;
  }
}
