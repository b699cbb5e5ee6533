/** What is learned: classes, or numbers. */
export type TaskKind = 'classification' | 'regression';
