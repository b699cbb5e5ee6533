export const CLASSIFICATION_LOSSES: readonly string[] = ['squared_hinge', 'hinge'];
export const REGRESSION_LOSSES: readonly string[] = ['epsilon_insensitive', 'squared_epsilon_insensitive'];
