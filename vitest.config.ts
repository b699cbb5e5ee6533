import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    // Commands are also tested in process; oclif's output capture needs the real console.
    disableConsoleIntercept: true,
    coverage: { provider: 'v8', include: ['src/**', 'commands/**'] },
  },
});
