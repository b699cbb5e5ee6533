import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Params } from '../../src/trial.js';
import type { Contender, SideStudy, StudyPlan } from './study-side.js';

export interface OptunaPython {
  readonly command: string;
  /** For the heading. */
  readonly versions: string;
}

const CANDIDATES = ['/usr/bin/python3', 'python3', 'python'];
const VERSIONS =
  'import sys, optuna, cmaes; print(f"Optuna {optuna.__version__}, cmaes {cmaes.__version__}, Python {sys.version.split()[0]}")';

/** What `optuna_studies.py` calls its samplers, and how they are set up. */
const NAMES = ['Optuna TPE', 'Optuna TPE, multivariate, group', 'Optuna CMA-ES', 'Optuna random'];

/** The first Python that has Optuna. */
export function findOptunaPython(): OptunaPython | undefined {
  for (const command of CANDIDATES) {
    const { status, stdout } = spawnSync(command, ['-c', VERSIONS], { encoding: 'utf8' });
    if (status === 0) return { command, versions: stdout.trim() };
  }
  return undefined;
}

/** Optuna's samplers in one process, which ends when `close` is called. One study at a time. */
export class OptunaContenders {
  readonly contenders: readonly Contender[];
  private readonly child: ChildProcess;
  private readonly lines: Interface;

  constructor({ command }: OptunaPython, root: string) {
    this.child = spawn(command, [join(root, 'bench/search/optuna_studies.py')], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
    });
    this.lines = createInterface({ input: this.child.stdout! });
    this.contenders = NAMES.map((name) => ({ name, isPeer: true, open: (plan) => this.open(name, plan) }));
  }

  close(): void {
    this.child.stdin!.end();
  }

  private async open(sampler: string, { task, seed, inFlight }: StudyPlan): Promise<SideStudy> {
    await this.request({ open: { sampler, seed, in_flight: inFlight, space: task.space } });
    const study = {
      cpuMs: 0,
      ask: async () => {
        const { id, params, cpu_ms } = await this.request({ ask: true });
        study.cpuMs += cpu_ms;
        return { id: id!, params: params! };
      },
      tell: async (id: number, value: number) => {
        study.cpuMs += (await this.request({ tell: { id, value } })).cpu_ms;
      },
    };
    return study;
  }

  private request(message: object): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const exited = (code: number | null) => reject(new Error(`Optuna's process ended with ${code}`));
      this.child.once('exit', exited);
      this.lines.once('line', (line) => {
        this.child.removeListener('exit', exited);
        resolve(JSON.parse(line));
      });
      this.child.stdin!.write(`${JSON.stringify(message)}\n`);
    });
  }
}

interface Reply {
  readonly id?: number;
  readonly params?: Params;
  readonly cpu_ms: number;
}
