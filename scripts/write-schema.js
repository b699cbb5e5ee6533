// Writes search-spaces/schema.json from the definition that the parser uses. Runs after the build.
import { mkdirSync, writeFileSync } from 'node:fs';
import { spaceFileJsonSchema } from '../dist/src/spec/space-file-shape.js';

const folder = new URL('../search-spaces/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('schema.json', folder), `${JSON.stringify(spaceFileJsonSchema(), null, 2)}\n`);
