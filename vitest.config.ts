import { defineConfig } from 'vitest/config'

const project = (name: string, root: string) => ({ test: { name, root, include: ['**/*.test.ts'], exclude: ['**/node_modules/**', '**/dist/**'] } })

export default defineConfig({
  test: {
    projects: [
      project('instruments', 'packages/instruments'),
      project('analysis', 'packages/analysis'),
      project('server', 'packages/server'),
      project('web', 'packages/web'),
      project('studies', 'studies'),
      project('test', 'test'),
    ],
  },
})
