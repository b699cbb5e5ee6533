import { SavedFields } from '../../saved-model.js';
import { type CellSource, forEachBlock } from '../bins/cell-source.js';
import { finite } from '../finite.js';
import { findLeaf, type ValuedTree } from '../tree.js';
import { columnToJson, loadColumn, loadTree, treeToJson } from '../tree-json.js';
import { TreeModel, type TreeModelData } from '../tree-model.js';
import { type BoostingLoss, binaryLogLoss, multiclassLogLoss, poissonLoss, squaredError } from './boosting-loss.js';

/** A tree of a boosted model: word 0 of a leaf is the index of its value. */
export type BoostingTree = ValuedTree;

/** What turns raw values into predictions. */
export type BoostingLink = 'identity' | 'exponential' | 'logistic' | 'softmax';
const LINKS: readonly BoostingLink[] = ['identity', 'exponential', 'logistic', 'softmax'];

export interface BoostingData extends TreeModelData {
  /** Classes that occurred in training, ascending; the others have probability 0. Absent for regression. */
  readonly present?: Int32Array;
  readonly link: BoostingLink;
  /** Regression: what predictions are multiplied by. */
  readonly scale: number;
  /** Raw value of each output before the first tree. Outputs: one, or with softmax one a class that occurred. */
  readonly start: Float64Array;
  /** Iteration by iteration, one tree an output. */
  readonly trees: readonly BoostingTree[];
}

/** A fitted sum of trees. */
export class BoostingModel extends TreeModel<BoostingData> {
  override toJSON(): unknown {
    const { columns, classCount, present, link, scale, start, trees } = this.data;
    return {
      trainer: 'gradient-boosting',
      version: 1,
      columns: columns.map(columnToJson),
      classCount,
      ...(present === undefined ? {} : { present: Array.from(present) }),
      link,
      scale,
      start: Array.from(start),
      trees: trees.map(treeToJson),
    };
  }

  /** @throws StorageError where it is not what toJSON gave. */
  static load(model: unknown): BoostingModel {
    const saved = SavedFields.open(model, 'gradient-boosting', 1);
    return new BoostingModel({
      columns: saved.objects('columns').map(loadColumn),
      ...(saved.has('classCount') ? { classCount: saved.count('classCount') } : {}),
      ...(saved.has('present') ? { present: Int32Array.from(saved.numbers('present')) } : {}),
      link: saved.oneOf('link', LINKS),
      scale: saved.number('scale'),
      start: saved.numbers('start'),
      trees: saved.objects('trees').map(loadTree),
    });
  }

  protected override outputs(source: CellSource): Float64Array {
    const { columns, classCount, present, link, start, trees, scale } = this.data;
    const width = present?.length ?? 1;
    const stride = columns.length;
    const outputs = new Float64Array(source.rows * width);
    for (let i = 0; i < source.rows; i++) outputs.set(start, i * width);
    forEachBlock(source, stride, (block, from, count) => {
      for (const [index, tree] of trees.entries()) {
        let place = from * width + (index % start.length);
        for (let i = 0; i < count; i++, place += width) {
          outputs[place]! += tree.values[findLeaf(tree, block, i * stride, 1, this.missing)]!;
        }
      }
    });
    // A class that is the only one has nothing to be told from.
    if (width > 1 || present === undefined) {
      const loss = linkLoss(link, width);
      for (let i = 0; i < source.rows; i++) loss.link(outputs, i * width);
    } else outputs.fill(1);
    if (classCount !== undefined && classCount > width) return spread(outputs, present!, classCount);
    if (scale !== 1) for (let i = 0; i < outputs.length; i++) outputs[i] = finite(outputs[i]! * scale);
    return outputs;
  }
}

/** Probabilities of the present classes to those of all. */
function spread(probabilities: Float64Array, present: Int32Array, classCount: number): Float64Array {
  const width = present.length;
  const rows = probabilities.length / width;
  const all = new Float64Array(rows * classCount);
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < width; k++) all[row * classCount + present[k]!] = probabilities[row * width + k]!;
  }
  return all;
}

function linkLoss(link: BoostingLink, classCount: number): BoostingLoss {
  if (link === 'exponential') return poissonLoss();
  if (link === 'logistic') return binaryLogLoss();
  if (link === 'softmax') return multiclassLogLoss(classCount);
  return squaredError();
}
