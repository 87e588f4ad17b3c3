import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const project = (name: string, root: string, more: object = {}) => ({
  test: { name, root, include: ['**/*.test.ts'], exclude: ['**/node_modules/**', '**/dist/**'], ...more },
})

export default defineConfig({
  test: {
    projects: [
      project('instruments', 'packages/instruments'),
      project('analysis', 'packages/analysis'),
      project('server', 'packages/server', { globalSetup: [fileURLToPath(new URL('packages/server/test/setup.ts', import.meta.url))] }),
      project('web', 'packages/web'),
      project('studies', 'studies'),
      project('test', 'test', { testTimeout: 60_000, hookTimeout: 120_000 }),
    ],
  },
})
