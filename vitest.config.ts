import { defineConfig } from 'vitest/config'

const project = (name: string, root: string, globalSetup: readonly string[] = []) => ({
  test: { name, root, include: ['**/*.test.ts'], exclude: ['**/node_modules/**', '**/dist/**'], globalSetup: [...globalSetup] },
})

export default defineConfig({
  test: {
    projects: [
      project('instruments', 'packages/instruments'),
      project('analysis', 'packages/analysis'),
      project('server', 'packages/server', ['./test/setup.ts']),
      project('web', 'packages/web'),
      project('studies', 'studies'),
      project('test', 'test'),
    ],
  },
})
