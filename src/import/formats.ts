import { isMap, type PlainMap } from '../spec/collection-shapes.js';
import type { ImportNotes } from './import-notes.js';
import type { ImportedStudy } from './imported-study.js';
import { isExperiment, readExperiment } from './katib.js';
import { isNniConfiguration, type ReadOther, readNniConfiguration } from './nni.js';
import { isNniSpace, readNniSpace } from './nni-space.js';
import { isOptuna, readOptuna } from './optuna.js';
import { isOrion, readOrion } from './orion.js';
import { isSweep, readSweep } from './wandb.js';

/** A kind of file that can be imported. */
export interface ImportFormat {
  /** As `--from` names it. */
  readonly name: string;
  /** Whether the content is of this kind. */
  recognises(data: unknown): boolean;
  /** @param data a map, unless it was recognised. */
  read(data: unknown, notes: ImportNotes, readOther: ReadOther): ImportedStudy;
}

const asMap = (data: unknown): PlainMap => (isMap(data) ? data : {});

/** The surest first. */
export const FORMATS: readonly ImportFormat[] = [
  { name: 'katib', recognises: isExperiment, read: (data, notes) => readExperiment(asMap(data), notes) },
  {
    name: 'nni',
    recognises: (data) => isNniConfiguration(data) || isNniSpace(data),
    read: (data, notes, readOther) =>
      isNniSpace(data) ? readNniSpace(asMap(data), notes) : readNniConfiguration(asMap(data), notes, readOther),
  },
  { name: 'optuna', recognises: isOptuna, read: readOptuna },
  { name: 'orion', recognises: isOrion, read: readOrion },
  { name: 'wandb', recognises: isSweep, read: (data, notes) => readSweep(asMap(data), notes) },
];
