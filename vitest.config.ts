import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// A busy machine is no failure: a test that hangs is found after two minutes.
const patience = { testTimeout: 120_000, hookTimeout: 120_000 }
const project = (name: string, root: string, more: object = {}) => ({
  test: { name, root, include: ['**/*.test.ts'], exclude: ['**/node_modules/**', '**/dist/**'], ...patience, ...more },
})
// The files of a package share a worker, and so what they all import: no module keeps what another test could change.
const shared = { isolate: false }

export default defineConfig({
  test: {
    maxWorkers: availableParallelism(), // by itself vitest leaves one core idle, of two that is half
    projects: [
      project('instruments', 'packages/instruments', shared),
      project('analysis', 'packages/analysis', shared),
      project('server', 'packages/server', {
        ...shared,
        globalSetup: [fileURLToPath(new URL('packages/server/test/setup.ts', import.meta.url))],
      }),
      project('web', 'packages/web', shared),
      project('studies', 'studies', shared),
      project('test', 'test'),
    ],
  },
})
