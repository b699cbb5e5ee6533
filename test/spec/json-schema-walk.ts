interface Schema {
  readonly [keyword: string]: unknown;
}

/**
 * Whether a value keeps a schema, for the keywords that the schema of the space file uses; any other keyword throws, so
 * that none is passed over.
 */
export function keepsSchema(root: Schema, value: unknown, schema: Schema = root): boolean {
  const keeps = (part: unknown, inner: unknown) => keepsSchema(root, inner, part as Schema);
  const map = typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Schema) : undefined;
  return Object.entries(schema).every(([keyword, rule]): boolean => {
    switch (keyword) {
      case '$schema':
      case '$defs':
      case 'title':
      case 'description':
        return true;
      case '$ref':
        return keeps((root.$defs as Schema)[String(rule).slice('#/$defs/'.length)], value);
      case 'anyOf':
        return (rule as Schema[]).some((part) => keeps(part, value));
      case 'oneOf':
        return (rule as Schema[]).filter((part) => keeps(part, value)).length === 1;
      case 'not':
        return !keeps(rule, value);
      case 'const':
        return value === rule;
      case 'enum':
        return (rule as unknown[]).includes(value);
      case 'type':
        return [rule].flat().some((type) => hasType(value, String(type)));
      case 'minimum':
        return typeof value !== 'number' || value >= Number(rule);
      case 'exclusiveMinimum':
        return typeof value !== 'number' || value > Number(rule);
      case 'maximum':
        return typeof value !== 'number' || value <= Number(rule);
      case 'minLength':
        return typeof value !== 'string' || value.length >= Number(rule);
      case 'pattern':
        return typeof value !== 'string' || new RegExp(String(rule), 'u').test(value);
      case 'items':
        return !Array.isArray(value) || value.every((item) => keeps(rule, item));
      case 'minItems':
        return !Array.isArray(value) || value.length >= Number(rule);
      case 'maxItems':
        return !Array.isArray(value) || value.length <= Number(rule);
      case 'minProperties':
        return map === undefined || Object.keys(map).length >= Number(rule);
      case 'required':
        return map === undefined || (rule as string[]).every((key) => Object.hasOwn(map, key));
      case 'propertyNames':
        return map === undefined || Object.keys(map).every((key) => keeps(rule, key));
      case 'properties':
        return (
          map === undefined ||
          Object.entries(rule as Schema).every(([key, part]) => !Object.hasOwn(map, key) || keeps(part, map[key]))
        );
      case 'additionalProperties': {
        const known = (schema.properties ?? {}) as Schema;
        const others = Object.keys(map ?? {}).filter((key) => !Object.hasOwn(known, key));
        return rule === false ? others.length === 0 : others.every((key) => keeps(rule, map?.[key]));
      }
      default:
        throw new Error(`this walk does not know the keyword ${keyword}`);
    }
  });
}

function hasType(value: unknown, type: string): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'number') return Number.isFinite(value);
  return typeof value === type;
}
