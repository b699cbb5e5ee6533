/** Code of the user's that a model is made of, in place of a built-in trainer. Plain JSON. */
export type UserCode =
  | {
      readonly kind: 'module';
      /** Absolute. */
      readonly file: string;
    }
  | {
      readonly kind: 'command';
      /** Program and arguments, with placeholders in braces. */
      readonly argv: readonly string[];
      /** Absolute; where it is started. */
      readonly directory: string;
    };

/** What a task of a model needs to itself while it runs. */
export interface Resources {
  /** Slots of the executor that it takes. */
  readonly cpus: number;
  readonly gpus: number;
  readonly memoryBytes?: number;
}

export const ONE_CPU: Resources = { cpus: 1, gpus: 0 };
