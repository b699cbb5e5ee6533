import { UsageError } from '../errors.js';
import type { Override } from '../spec/apply-overrides.js';

/** `--set path=value`, in the order given. @throws UsageError where there is no path before a `=`. */
export function parseOverrides(settings: readonly string[]): readonly Override[] {
  return settings.map((setting) => {
    const split = setting.indexOf('=');
    if (split > 0) return { path: setting.slice(0, split).trim(), value: setting.slice(split + 1) };
    throw new UsageError(`--set: must be path=value, got ${JSON.stringify(setting)}`, {
      hint: 'for example --set search.trials=20, or --set models.svm.parameters.C=10',
    });
  });
}
