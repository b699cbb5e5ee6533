import type { JournalEvent } from '../../src/journal/journal-event.js';
import type { StudySettings } from '../../src/journal/study-settings.js';
import { StudyState } from '../../src/study/study-state.js';
import type { FoldOutcome, Params } from '../../src/trial.js';

export const SETTINGS: StudySettings = {
  name: 'churn',
  metrics: ['accuracy', 'log_loss'],
  goal: 'maximize',
  foldCount: 3,
  planned: 5,
  holdoutRows: 0,
  parameters: ['preprocess.scale', 'forest.max_depth', 'svm.C', 'svm.layers'],
};

export function completed(accuracy: number, logLoss = 1): FoldOutcome {
  return { state: 'completed', scores: { accuracy, log_loss: logLoss }, fitSeconds: 0.5, scoreSeconds: 0.25 };
}

/** A state after these events; a trial is its parameters and the outcomes of its folds in order. */
export function studyState(
  trials: readonly { readonly params: Params; readonly folds: readonly FoldOutcome[] }[],
  options: {
    settings?: Partial<StudySettings>;
    baseline?: readonly FoldOutcome[];
    after?: readonly JournalEvent[];
  } = {},
): StudyState {
  const state = new StudyState({ ...SETTINGS, ...options.settings });
  options.baseline?.forEach((outcome, fold) => {
    state.apply({ type: 'fold', trial: null, fold, outcome });
  });
  trials.forEach(({ params }, trial) => {
    state.apply({ type: 'trial', trial, params });
  });
  trials.forEach(({ folds }, trial) => {
    folds.forEach((outcome, fold) => {
      state.apply({ type: 'fold', trial, fold, outcome });
    });
  });
  for (const event of options.after ?? []) state.apply(event);
  return state;
}

export const SVM: Params = { model: 'svm', 'preprocess.scale': 'none', 'svm.C': 0.1 + 0.2, 'svm.layers': [64, 32] };
export const FOREST: Params = { model: 'forest', 'preprocess.scale': 'none', 'forest.max_depth': null };

/** Two completed trials that tie on purpose come second and third; one timed out; one still runs. */
export function exampleState(): StudyState {
  return studyState(
    [
      { params: SVM, folds: [completed(0.5, 0.3), completed(0.75, 0.6), completed(1, 0.9)] },
      { params: FOREST, folds: [completed(0.9), completed(0.95), completed(0.85)] },
      { params: { ...SVM, 'svm.C': 2, 'svm.layers': [8] }, folds: [completed(0.5), completed(0.75), completed(1)] },
      {
        params: { ...FOREST, 'forest.max_depth': 4 },
        folds: [completed(0.5), { state: 'timed-out', reason: 'over 2m (budget.trial), "slow"\nvery' }],
      },
      { params: FOREST, folds: [completed(1)] },
    ],
    { baseline: [completed(0.75), completed(0.75), completed(0.75)] },
  );
}
