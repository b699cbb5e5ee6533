import { yamlRange, yamlText } from '../../init/yaml-text.js';
import { wrapText } from '../../wrap-text.js';
import type { TrainerDescription } from './describe-trainer.js';

/** All trainers: name and tasks on one line, the summary below. */
export function formatTrainers(trainers: readonly TrainerDescription[], width: number): string {
  const nameWidth = Math.max(...trainers.map((trainer) => trainer.name.length)) + 2;
  const lines = trainers.flatMap((trainer) => [
    `${trainer.name.padEnd(nameWidth)}${trainer.tasks.join(', ')}`,
    ...wrapText(trainer.summary, width, '  '),
  ]);
  return [...lines, '', 'Parameters, defaults and ranges of one: cml models <name>'].join('\n');
}

/** One trainer with all that can be set, and the lines to paste into a space file. */
export function formatTrainer(trainer: TrainerDescription, width: number): string {
  const lines = [...wrapText(`${trainer.name}: ${trainer.summary}`, width, '')];
  lines.push('', `tasks      ${trainer.tasks.join(', ')}`, `gives      ${givesText(trainer.gives)}`);
  if (trainer.parameters.length === 0) return [...lines, '', 'It has no parameters.'].join('\n');
  for (const { name, summary, rule, default: fallback } of trainer.parameters) {
    lines.push('', `${name}`);
    lines.push(...wrapText(summary, width, '  '));
    lines.push(...wrapText(`allowed: ${rule}; default: ${yamlText(fallback)}`, width, '  '));
  }
  return [...lines, '', 'In a space file, with ranges worth searching:', '', ...example(trainer)].join('\n');
}

function givesText(gives: string): string {
  if (gives === 'probabilities') return 'class probabilities or numbers: every metric of its tasks';
  return gives === 'decision' ? 'classes and decision values: no log_loss and no brier' : 'values only';
}

function example({ name, parameters }: TrainerDescription): readonly string[] {
  const searched = parameters.filter((parameter) => parameter.search !== null);
  const lines = ['models:', `  ${name}:`, `    use: ${name}`];
  if (searched.length === 0) return lines;
  lines.push('    parameters:');
  for (const { name: parameter, search, when } of searched)
    lines.push(`      ${parameter}: ${yamlRange(search!, when ?? undefined)}`);
  return lines;
}
