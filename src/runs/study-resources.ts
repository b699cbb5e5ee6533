import { execFileSync } from 'node:child_process';
import { totalmem } from 'node:os';
import { type Issue, spaceFileError } from '../errors.js';
import { formatBytes } from '../format-bytes.js';
import type { SpecModel } from '../spec/spec.js';
import { ResourceLedger } from '../study/resource-ledger.js';
import type { StudyParts } from '../study/study-parts.js';
import { ONE_CPU } from '../validation/user-code.js';

/** The share of the machine's memory that tasks may ask for. */
const MEMORY_SHARE = 0.9;

/**
 * What there is for the tasks of models that need more than a worker each; undefined where none does.
 * @param gpus names of the devices; undefined: those that the machine has.
 * @throws SpaceFileError when a model needs more than there is.
 */
export function studyResources(
  models: readonly SpecModel[],
  workers: number,
  gpus: readonly string[] | undefined,
): StudyParts['resources'] {
  const demanding = models.filter(({ resources }) => resources.cpus > 1 || resources.gpus > 0 || resources.memoryBytes);
  if (demanding.length === 0 && gpus === undefined) return undefined;
  const devices = gpus ?? (demanding.some(({ resources }) => resources.gpus > 0) ? findGpus() : []);
  const memoryBytes = MEMORY_SHARE * Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  const ledger = new ResourceLedger(workers, devices, memoryBytes);
  const issues: Issue[] = demanding.flatMap(({ name, resources }) => {
    const path = `models.${name}.resources`;
    if (resources.cpus > workers) {
      const message = `${resources.cpus} are more than the workers (${workers}); give --workers ${resources.cpus}`;
      return [{ path: `${path}.cpus`, message }];
    }
    if (resources.gpus > devices.length) {
      const message = `${resources.gpus} are more than there are (${devices.join(', ') || 'none'}); name them with --gpus`;
      return [{ path: `${path}.gpus`, message }];
    }
    if (ledger.fits(resources)) return [];
    return [{ path: `${path}.memory`, message: `more than this machine has for tasks (${formatBytes(memoryBytes)})` }];
  });
  if (issues.length > 0) throw spaceFileError('the space file', issues);
  const byName = new Map(models.map(({ name, resources }) => [name, resources]));
  return { ledger, of: (model) => byName.get(model) ?? ONE_CPU };
}

/** As CUDA_VISIBLE_DEVICES names them, else as the driver counts them. */
function findGpus(): readonly string[] {
  const visible = process.env.CUDA_VISIBLE_DEVICES;
  if (visible !== undefined) return visible.split(',').filter((device) => device !== '' && device !== '-1');
  try {
    const listed = execFileSync('nvidia-smi', ['--list-gpus'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return Array.from(listed.matchAll(/^GPU (\d+):/gm), (match) => match[1]!);
  } catch {
    return [];
  }
}
