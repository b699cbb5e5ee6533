import type { Splitter } from '../splitter.js';
import { group } from './group.js';
import { holdout } from './holdout.js';
import { kfold } from './kfold.js';
import { predefined } from './predefined.js';
import { stratified } from './stratified.js';
import { time } from './time.js';

/** Every way to divide rows into folds. */
export const SPLITTERS: readonly Splitter[] = [kfold, stratified, group, time, predefined, holdout];

export function findSplitter(name: string): Splitter | undefined {
  return SPLITTERS.find((splitter) => splitter.name === name);
}
