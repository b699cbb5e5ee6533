/** What a column is taken for within a class. */
export const KINDS = ['gaussian', 'bernoulli', 'multinomial'] as const;
