import { Args } from '@oclif/core';
import { BaseCommand } from '../src/cli/base-command.js';
import type { TrainerDescription } from '../src/cli/models/describe-trainer.js';
import { UsageError } from '../src/errors.js';

export default class Models extends BaseCommand {
  static override summary = 'List the built-in trainers with their parameters, defaults and ranges.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    { description: 'Everything about one', command: '<%= config.bin %> <%= command.id %> knn' },
  ];
  static override args = { name: Args.string({ description: 'A trainer, to see its parameters.' }) };

  async run(): Promise<TrainerDescription | readonly TrainerDescription[]> {
    const { args } = await this.parse(Models);
    const { TRAINERS, findTrainer } = await import('../src/trainers/index.js');
    const { describeTrainer } = await import('../src/cli/models/describe-trainer.js');
    const { formatTrainer, formatTrainers } = await import('../src/cli/models/format-trainers.js');
    if (args.name === undefined) {
      const trainers = TRAINERS.map(describeTrainer);
      this.log(formatTrainers(trainers, this.textWidth));
      return trainers;
    }
    const trainer = findTrainer(args.name);
    if (trainer === undefined) {
      const { suggestion } = await import('../src/nearest-name.js');
      const known = TRAINERS.map((candidate) => candidate.name);
      throw new UsageError(`there is no trainer ${JSON.stringify(args.name)}${suggestion(args.name, known)}`, {
        hint: '`cml models` lists them',
      });
    }
    const description = describeTrainer(trainer);
    this.log(formatTrainer(description, this.textWidth));
    return description;
  }
}
