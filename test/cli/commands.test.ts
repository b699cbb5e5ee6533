import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { BINARY, cml, DATA, type Finished, startCml, temporaryFolder } from '../end-to-end/cml.js';

/** A folder with a small study in it: two trainers, four trials, three folds. */
function studyFolder(more = ''): string {
  const folder = temporaryFolder();
  copyFileSync(join(DATA, 'iris.csv'), join(folder, 'iris.csv'));
  writeFileSync(
    join(folder, 'iris.yaml'),
    `data: {file: iris.csv, target: species}
objective: {metric: accuracy, also: [f1_macro]}
evaluation: {cv: {folds: 3}}
search: {method: random, trials: 4}
models:
  knn: {use: knn, parameters: {n_neighbors: "int(1, 30)"}}
  tree: {use: decision-tree, parameters: {max_depth: "int(1, 6)"}}
${more}`,
  );
  return folder;
}

/** Holds the run of the small study, finished; the tests only read it. */
let built: string;
let tuned: Finished;
beforeAll(async () => {
  built = studyFolder();
  tuned = await cml(['tune', 'iris.yaml', '--workers', '1'], built);
}, 60_000);

const builtFile = (name: string) => readFileSync(join(built, 'runs/iris', name), 'utf8');

/** A model whose folds take many seconds each. */
const SLOW = 'models={slow: {use: ml-random-forest, parameters: {nEstimators: 20000}}}';

describe.concurrent('tune, resume and leaderboard', () => {
  test('from a space file to a leaderboard', () => {
    expect(tuned.code, tuned.stderr).toBe(0);
    expect(tuned.stdout).toMatch(/^#\s+trial\s+model\s+accuracy/);
    expect(tuned.stdout).toMatch(/winner {3}trial \d: accuracy 0\.9\d+ ± /);
    expect(tuned.stdout).toContain('4 of 4 completed');
    expect(tuned.stderr).toMatch(/^iris: 4 trials x 3 folds on 1 worker\n/);
    for (const line of tuned.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test.each([
    ['leaderboard.csv', ['leaderboard', 'runs/iris', '--format', 'csv']],
    ['leaderboard.json', ['leaderboard', 'iris', '--json']],
    ['leaderboard.json', ['leaderboard', 'iris', '--format', 'json']],
    ['leaderboard.json', ['tune', 'iris.yaml', '--json']],
    ['leaderboard.json', ['resume', 'iris', '--json']],
  ])('the text of %s comes from %j too', async (file, args) => {
    expect(await cml(args, built)).toMatchObject({ code: 0, stdout: builtFile(file) });
  });

  test('as Markdown, cut', async () => {
    const { stdout } = await cml(['leaderboard', 'iris', '--format', 'markdown', '--top', '1'], built);
    expect(stdout.trim().split('\n')).toHaveLength(6);
  });

  test('as a table, with other columns and in another order', async () => {
    const { stdout } = await cml(['leaderboard', 'iris', '--columns', 'trial,fit_seconds', '--sort', 'trial'], built);
    expect(stdout).toMatch(/^trial\s+fit_seconds\n.*\n\s+0\s/);
  });

  test('the winner as a space file scores what it scored', async () => {
    const folder = studyFolder('preprocess: {scale: {values: [none, minmax]}}\n');
    mkdirSync(join(folder, 'elsewhere'));
    const tune = await cml(['tune', 'iris.yaml', '--json', '--no-times'], folder);
    expect(tune.code, tune.stderr).toBe(0);
    const winner = JSON.parse(tune.stdout).rows[0];
    const best = await cml(['leaderboard', '../runs/iris', '--best'], join(folder, 'elsewhere'));
    expect(best.code, best.stderr).toBe(0);
    writeFileSync(join(folder, 'elsewhere/best.yaml'), best.stdout);
    const again = await cml(['tune', 'best.yaml', '--json', '--no-times'], join(folder, 'elsewhere'));
    expect(again.code, again.stderr).toBe(0);
    const { trials, rows } = JSON.parse(again.stdout);
    expect(trials).toMatchObject({ planned: 1, completed: 1 });
    const { score, folds, model } = winner;
    expect(rows[0]).toMatchObject({ score, folds, model });
  });

  test.each([
    [['--best', '--top', '1'], /^--best: prints a space file; /],
    [['--columns', 'rank', '--format', 'json'], /^--columns: JSON has every field/],
    [['--columns', 'n_neighbors'], /did you mean 'knn\.n_neighbors'/],
  ])('leaderboard refuses %j', async (args, message) => {
    const { code, stdout, stderr } = await cml(['leaderboard', 'iris', ...args], built);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  test('--quiet prints the result and nothing on stderr; --no-times leaves the times out', async () => {
    const folder = studyFolder();
    const flags = ['--quiet', '--json', '--no-times', '--trials', '2', '--seed', '7', '--out', 'out'];
    const { code, stdout, stderr } = await cml(
      ['tune', 'iris.yaml', ...flags, '--set', 'evaluation.cv.folds=2'],
      folder,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(readFileSync(join(folder, 'out/leaderboard.json'), 'utf8'));
    expect(stdout).not.toContain('seconds');
    const leaderboard = JSON.parse(stdout);
    expect(leaderboard.trials).toEqual({ planned: 2, completed: 2, 'raced-out': 0, failed: 0 });
    expect(leaderboard.rows[0].folds).toHaveLength(2);
  });

  test('--workers 0 trains in the process itself, with the same result as two workers', async () => {
    const folder = studyFolder('budget: {fold: 1h}\n');
    const csvOf = async (workers: string) => {
      const { code, stderr } = await cml(['tune', 'iris.yaml', '--workers', workers, '--out', workers], folder);
      expect(code, stderr).toBe(0);
      return (await cml(['leaderboard', workers, '--format', 'csv', '--no-times'], folder)).stdout;
    };
    const alone = await csvOf('0');
    expect(alone.split('\n').length).toBeGreaterThan(5);
    expect(alone).toBe(await csvOf('2'));
  });

  test.each([
    ['in CI, into a pipe', { CI: 'true', GITHUB_ACTIONS: 'true', NO_COLOR: '' }, false],
    ['with FORCE_COLOR', { NO_COLOR: '', FORCE_COLOR: '1' }, true],
    ['with both NO_COLOR and FORCE_COLOR', { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
  ])('colours of a table %s', async (_how, env, coloured) => {
    for (const args of [
      ['leaderboard', 'iris'],
      ['tune', 'iris.yaml'],
    ]) {
      const { code, stdout } = await cml(args, built, env);
      expect(code).toBe(0);
      expect(stdout.includes('\u001b[')).toBe(coloured);
    }
  });

  /** Runs a command whose output goes to a reader that leaves after the first line. */
  function readOneLine(command: string, folder: string): Promise<Omit<Finished, 'signal'>> {
    const script = `"${process.execPath}" "${BINARY}" ${command} | head -n 1; exit "\${PIPESTATUS[0]}"`;
    const child = spawn('bash', ['-c', script], { cwd: folder });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (text) => {
      stdout += text;
    });
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    return new Promise((done) => child.on('close', (code) => done({ code, stdout, stderr })));
  }

  test('a reader that goes away is no error', async () => {
    const { code, stdout, stderr } = await readOneLine('leaderboard iris --format csv', built);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^rank,trial,/);
  });

  test('nor is one of the progress, and the study goes on', async () => {
    const folder = studyFolder();
    expect(await readOneLine('tune iris.yaml 2>&1', folder)).toMatchObject({ code: 0, stderr: '' });
    expect(existsSync(join(folder, 'runs/iris/leaderboard.json'))).toBe(true);
  });

  test('SIGINT stops cleanly, saves the state and says how to resume', async () => {
    const folder = studyFolder();
    const endless = 'models.l={use: logistic-regression, parameters: {C: "loguniform(1e-4, 1e3)"}}';
    const args = ['tune', 'iris.yaml', '--workers', '1', '--no-times', '--json', '--trials', '3000', '--set', endless];
    const { child, finished } = startCml(args, folder, {});
    const journal = join(folder, 'runs/iris/journal.jsonl');
    while (!existsSync(journal) || readFileSync(journal, 'utf8').split('\n').length < 30) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    child.kill('SIGINT');
    const { code, stdout, stderr } = await finished;
    expect(code, stderr).toBe(130);
    expect(JSON.parse(stdout)).toEqual({
      error: {
        name: 'InterruptedError',
        message: 'interrupted; the state is saved in runs/iris',
        exit_code: 130,
        hint: 'continue with: cml resume runs/iris',
        issues: [],
      },
    });
    expect(JSON.parse(readFileSync(join(folder, 'runs/iris/leaderboard.json'), 'utf8')).status).toBe('interrupted');
    const shown = await cml(['leaderboard', 'iris'], folder);
    expect(shown.code).toBe(0);
    expect(shown.stdout).toMatch(
      /trials {3}\d+ of 3000 completed; interrupted\n.*\nstatus {3}interrupted; .*cml resume runs\/iris\n$/,
    );
  });

  test('exit 6 when no trial completed, with the reasons', async () => {
    const sets = ['--set', SLOW, '--set', 'budget.fold=1ms', '--trials', '1'];
    const { code, stderr } = await cml(['tune', 'iris.yaml', ...sets], studyFolder());
    expect(code, stderr).toBe(6);
    expect(stderr).toMatch(
      /no trial completed\n {2}1 x timed-out: over 1ms \(budget\.fold\) \(trial 0\)\nall reasons: /,
    );
  });
});

describe.concurrent('errors', () => {
  test.each([
    [2, ['tune', 'iris.yaml', '--workers', '-1']],
    [2, ['tune', 'iris.yaml', '--set', 'search.trials']],
    [2, ['leaderboard', 'nothing']],
    [2, ['resume', 'nothing']],
    [2, ['models', 'kn']],
    [2, ['init', 'iris.csv', '--target', 'specie']],
    [3, ['tune', 'missing.yaml']],
    [4, ['tune', 'iris.yaml', '--out', 'other', '--set', 'data.file=missing.csv']],
    [4, ['init', 'missing.csv']],
  ])('exit %i for %j', async (code, args) => {
    const { stderr, ...rest } = await cml(args, built);
    expect(rest, stderr).toMatchObject({ code, stdout: '' });
    expect(stderr).not.toBe('');
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test.each([
    [2, ['tune', '--nope']],
    [2, ['nonsense']],
    [3, ['check', 'iris.yaml', '--set', 'search.trial=3']],
  ])('exit %i for %j --json, with the error on stdout', async (code, args) => {
    const finished = await cml([...args, '--json'], built);
    expect(finished.code, finished.stderr).toBe(code);
    const { error } = JSON.parse(finished.stdout);
    expect(Object.keys(error)).toEqual(['name', 'message', 'exit_code', 'hint', 'issues']);
    expect(error.exit_code).toBe(code);
  });

  test('of a space file: a headline, then each problem once', async () => {
    const { stderr } = await cml(['check', 'iris.yaml', '--set', 'search.trial=3', '--set', 'seed=x'], built);
    expect(stderr.trimEnd().split('\n')).toEqual([
      'iris.yaml has 2 problems',
      expect.stringMatching(/^ {2}search\.trial: unknown key .*\(--set search\.trial\)$/),
      expect.stringMatching(/^ {2}seed: must be .*got 'x' \(--set seed\)$/),
    ]);
  });

  test('of the data: said once, then what to do', async () => {
    const folder = studyFolder();
    writeFileSync(join(folder, 'ragged.csv'), 'x,y\n1,a\n2,b,c\n');
    const { stderr } = await cml(['check', 'iris.yaml', '--set', 'data={file: ragged.csv, target: y}'], folder);
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/has 3 cells, the header has 2 \(ragged\.csv:3\)$/),
      expect.stringContaining('quotes'),
    ]);
  });

  test('a mistyped command is named, though nobody can be asked', async () => {
    const { code, stderr } = await cml(['tnue', 'iris.yaml'], built);
    expect([code, stderr]).toEqual([2, expect.stringContaining('did you mean tune?')]);
  });

  test('a missing argument is named, without advice on flags that were not given', async () => {
    const { code, stderr } = await cml(['tune'], built);
    expect([code, stderr]).toEqual([2, expect.stringContaining('Missing 1 required arg:')]);
    expect(stderr).not.toContain('multiple values');
    expect(stderr).toContain('USAGE');
  });
});

describe.concurrent('check', () => {
  const constraint = "constraints: [not (model == 'knn' and knn.n_neighbors > 15)]\n";

  test('explains the study', async () => {
    const folder = studyFolder(constraint);
    const { code, stdout, stderr } = await cml(['check', 'iris.yaml', '--workers', '2'], folder);
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(
      /data +iris\.csv: 150 rows; 4 numeric, 0 categorical, 0 boolean\s+features; no cell is missing\n/,
    );
    expect(stdout).toContain('36 configurations');
    expect(stdout).toContain('15: 4 trials x 3 folds + 3 of the baseline');
    expect(stdout).toMatch(
      /n_neighbors +an integer from 1 to 30\n {4}preprocessing +impute median; encode onehot; scale standard\n/,
    );
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
    expect(stdout).toMatch(/time +about .* on 2 workers/);
    expect(existsSync(join(folder, 'runs'))).toBe(false);
  });

  test('as JSON', async () => {
    const { stdout } = await cml(['check', 'iris.yaml', '--json'], studyFolder(constraint));
    const json = JSON.parse(stdout);
    expect(json).toMatchObject({
      version: 1,
      study: 'iris',
      objective: { metric: 'accuracy', goal: 'maximize', also: ['f1_macro'] },
      evaluation: { kind: 'stratified', folds: 3, repeats: 1, holdout_rows: 0 },
      space: { size: 36, dimensions: 3 },
      fits: { total: 15, folds_per_trial: 3, baseline: 3, holdout: 0 },
      estimate: { at_least: false },
    });
    const preprocessing = { impute: 'median', encode: 'onehot', scale: 'standard' };
    for (const model of json.models)
      expect(model).toMatchObject({ fold_over_seconds: null, error: null, preprocessing });
    // Half of the draws are knn, and half of those break the constraint.
    expect(Math.abs(json.space.infeasible_share - 0.25)).toBeLessThan(0.06);
  });

  const EXHAUSTED = `data: {file: iris.csv, target: species}
evaluation: {cv: {kind: holdout, repeats: 3}}
search: {method: sobol, trials: 50}
models:
  tree:
    use: decision-tree
    parameters: {max_depth: "int(1, 9)"}
    constraints: [max_depth <= 5]
`;

  test('counts missing cells, and says which preprocessing is searched', async () => {
    const folder = studyFolder('preprocess: {scale: {values: [none, minmax]}}\n');
    const table = readFileSync(join(folder, 'iris.csv'), 'utf8');
    writeFileSync(join(folder, 'iris.csv'), table.replace(/^5\.1,/m, ','));
    const { code, stdout, stderr } = await cml(['check', 'iris.yaml', '--json'], folder);
    expect(code, stderr).toBe(0);
    const { data, models } = JSON.parse(stdout);
    expect(data).toMatchObject({ missing_cells: 1, missing_share: 1 / 600 });
    expect(models[0].preprocessing).toEqual({ impute: 'median', encode: 'onehot', scale: ['none', 'minmax'] });
    const text = await cml(['check', 'iris.yaml'], folder, { COLUMNS: '80' });
    expect(text.stdout).toMatch(/; 1\s+missing cell \(0\.2 %\)\n/);
    expect(text.stdout).toContain('impute median; encode onehot; scale one of none, minmax\n');
    for (const line of text.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('counts what an exhausted space holds, and lists constraints with their model', async () => {
    const folder = studyFolder();
    writeFileSync(join(folder, 'iris.yaml'), EXHAUSTED);
    const { code, stdout, stderr } = await cml(['check', 'iris.yaml'], folder);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('evaluation  holdout, 1 fold x 3 repeats\n');
    expect(stdout).toContain('space       9 configurations, 5 within the constraints, 1 searched dimension\n');
    expect(stdout).toContain('fits        18: 5 trials x 3 folds + 3 of the baseline\n');
    expect(stdout).toMatch(
      / {2}tree \(decision-tree\): .*\n {4}max_depth .*\n {4}preprocessing .*\n {4}constraint {11}max_depth <= 5\n/,
    );
    expect(stdout).not.toContain('Constraints');
    expect(stdout).toContain('search.trials: 50 trials, and the space has 5 configurations: it will be exhausted');

    const one = ['--set', 'models.tree.parameters.max_depth=3', '--set', 'models.tree.constraints=[]', '--json'];
    const json = JSON.parse((await cml(['check', 'iris.yaml', ...one], folder)).stdout);
    expect(json).toMatchObject({ fits: { total: 6 }, space: { size: 1, feasible: 1 }, search: { trials: 1 } });
    const text = await cml(['check', 'iris.yaml', ...one.slice(0, -1)], folder);
    expect(text.stdout).toContain('space       1 configuration, 0 searched dimensions\n');
    expect(text.stdout).toContain('the space has 1 configuration: it will be exhausted');
  });

  test('a model that is too slow is given up, and the others are timed', async () => {
    const sets = ['--set', SLOW, '--set', 'models.knn={use: knn}', '--set', 'budget.fold=500ms'];
    const { code, stdout, stderr } = await cml(['check', 'iris.yaml', ...sets], studyFolder());
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('slow (ml-random-forest): over 0.5 s a fold');
    expect(stdout).toMatch(/knn: \d.* m?s a fold/);
    expect(stdout).toMatch(/time +more than /);
    expect(stdout).toContain('models.slow: the fold tried was over budget.fold');
  });

  test('SIGINT ends it while a slow model is timed', async () => {
    const { child, finished } = startCml(['check', 'iris.yaml', '--set', SLOW], studyFolder(), {});
    await new Promise<void>((resolve) => {
      child.stderr?.on('data', (text) => {
        if (String(text).includes('Timing a few folds of each model')) resolve();
      });
    });
    child.kill('SIGINT');
    const { code, stdout, stderr } = await finished;
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr).toContain('interrupted while a fold of each model was timed');
  });
});

describe.concurrent('init and models', () => {
  test('init writes a file that runs', async () => {
    const folder = temporaryFolder();
    copyFileSync(join(DATA, 'penguins.csv'), join(folder, 'penguins.csv'));
    const init = await cml(['init', 'penguins.csv'], folder);
    expect(init.code, init.stderr).toBe(0);
    expect(init.stdout).toContain('Wrote penguins.yaml');
    expect(init.stdout).toContain('cml tune penguins.yaml --trials 6');
    // The program that runs is not part of the project in this folder.
    expect(readFileSync(join(folder, 'penguins.yaml'), 'utf8')).not.toContain('$schema');
    const other = await cml(['init', 'penguins.csv', '--out', 'spaces/other.yaml'], folder);
    expect(other).toMatchObject({ code: 5, stdout: '' });
    mkdirSync(join(folder, 'spaces'));
    expect(await cml(['init', 'penguins.csv', '--out', 'spaces/other.yaml'], folder)).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, 'spaces/other.yaml'), 'utf8')).toContain('file: ../penguins.csv');
    const tune = await cml(['tune', 'penguins.yaml', '--trials', '6', '--json'], folder);
    expect(tune.code, tune.stderr).toBe(0);
    const { rows, trials } = JSON.parse(tune.stdout);
    expect(trials.completed).toBe(6);
    const dummy = rows.find((row: { model: string }) => row.model === 'dummy');
    expect(rows[0].score).toBeGreaterThan(dummy.score + 0.3);
    expect(await cml(['init', 'penguins.csv'], folder)).toMatchObject({ code: 2, stdout: '' });
  });

  test('models lists the trainers', async () => {
    const { stdout } = await cml(['models'], built);
    expect(stdout).toMatch(/\nknn +classification, regression\n {2}\S/);
  });

  test('models explains one', async () => {
    const { stdout } = await cml(['models', 'knn'], built);
    expect(stdout).toMatch(/n_neighbors\n.*\n {2}allowed: .*; default: 5/);
  });

  test('models as JSON', async () => {
    const trainers = JSON.parse((await cml(['models', '--json'], built)).stdout);
    expect(trainers).toContainEqual(
      expect.objectContaining({ name: 'knn', tasks: ['classification', 'regression'], suggested: true }),
    );
  });
});

describe.concurrent('the start', () => {
  /** Addresses of all ES modules that were loaded; CommonJS packages are imported by one of them. */
  async function loadedBy(args: readonly string[]): Promise<readonly string[]> {
    const hooks = `import { writeSync } from 'node:fs';
      export async function load(url, context, next) {
        writeSync(2, 'loaded ' + url + '\\n');
        return next(url, context);
      }`;
    const register = `import { register } from 'node:module';
      register('data:text/javascript,' + ${JSON.stringify(encodeURIComponent(hooks))});`;
    const address = `data:text/javascript,${encodeURIComponent(register)}`;
    const { code, stderr } = await cml(args, built, { NODE_OPTIONS: `--import=${address}` });
    expect(code, stderr).toBe(0);
    const loaded = stderr.split('\n').filter((line) => line.startsWith('loaded '));
    expect(loaded.length).toBeGreaterThan(0);
    return loaded;
  }

  const PACKAGES = 'yaml|papaparse|tinypool|hyparquet|hyparquet-compressors|cli-progress|ml-random-forest|ml-svm';
  const heavyPackage = new RegExp(`/node_modules/(?:${PACKAGES}|cli-table3)/`);

  test('the packages named as heavy are those that the program has', () => {
    const { dependencies } = JSON.parse(readFileSync(join(BINARY, '../../package.json'), 'utf8'));
    expect(Object.keys(dependencies)).toEqual(expect.arrayContaining([...PACKAGES.split('|'), 'cli-table3']));
  });

  test.each([
    [['--version'], /\/dist\/(?:src|commands)\//],
    [['--help'], /\/dist\/src\/(?!cli\/|errors|leaderboard\/format-json)/],
    [['tune', '--help'], /\/dist\/src\/(?!cli\/|errors|leaderboard\/format-json)/],
    [['models'], /\/dist\/src\/(?:runs|study|executors|data|spec|samplers)\//],
    [['leaderboard', 'iris', '--format', 'csv'], /\/dist\/src\/(?:executors|trainers|data|spec|samplers|validation)\//],
  ])('%j loads neither heavy packages nor what it has no use for', async (args, useless) => {
    const loaded = await loadedBy(args);
    expect(loaded.filter((line) => heavyPackage.test(line) || useless.test(line))).toEqual([]);
  });

  test('cml alone leads to the first sweep', async () => {
    const { code, stdout } = await cml([], temporaryFolder());
    expect(code).toBe(0);
    for (const command of ['cml init data.csv', 'cml tune data.yaml']) expect(stdout).toContain(command);
  });
});
