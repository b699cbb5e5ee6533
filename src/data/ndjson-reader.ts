import { dataProblem } from './data-problem.js';
import { findJsonProblem } from './json-problem.js';
import { addJsonRow } from './json-value.js';
import type { TableBuilder } from './table-builder.js';
import { readTextBlocks } from './text-blocks.js';

/** Reads one JSON object a line; blank lines are skipped. */
export async function readNdjson(table: TableBuilder): Promise<void> {
  let line = 0;
  for await (const block of readTextBlocks(table.file)) {
    let start = 0;
    while (start < block.text.length) {
      const newline = block.text.indexOf(block.newline, start);
      const end = newline < 0 ? block.text.length : newline;
      const text = block.text.slice(start, end).trim();
      start = end + 1;
      line++;
      if (text !== '') addJsonRow(table, parseLine(text, table.file, line), line);
    }
  }
  table.pad();
}

function parseLine(text: string, file: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const whole = line === 1 && /^[[{]$/.test(text);
    throw dataProblem(
      { file, line },
      `is not valid JSON: ${findJsonProblem(text).rule}`,
      whole ? 'one JSON document over many lines belongs in a file that ends in .json' : 'write one object a line',
    );
  }
}
