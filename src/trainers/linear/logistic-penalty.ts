export const PENALTIES = ['l2', 'l1', 'elasticnet', 'none'] as const;
export type LogisticPenalty = (typeof PENALTIES)[number];
