/** What a regression can minimise. */
export const REGRESSION_LOSSES: readonly string[] = ['squared_error', 'absolute_error', 'quantile', 'poisson'];
