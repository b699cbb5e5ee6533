import { relative, sep } from 'node:path';

/**
 * The schema as a path that stays valid when the project moves or is shared; undefined where the package is not part of
 * the project: installed for the whole machine, or fetched for one call.
 */
export function schemaReference(directory: string, schemaFile: string): string | undefined {
  const folders = schemaFile.split(sep);
  const modules = folders.indexOf('node_modules');
  // Without node_modules the package is a clone of its repository: the schema's folder stands in its root.
  const project = folders.slice(0, modules < 0 ? -2 : modules).join(sep);
  if (directory !== project && !directory.startsWith(`${project}${sep}`)) return undefined;
  return relative(directory, schemaFile).replaceAll(sep, '/');
}
