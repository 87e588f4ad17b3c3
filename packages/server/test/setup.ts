// Once for a test run: the cluster, and the migrated template that each test file's database is copied from.
import type { TestProject } from 'vitest/node'
import { migrate } from '../src/db/migrate.ts'
import { loginOf } from '../src/db/roles.ts'
import { startTestCluster } from './cluster.ts'

export default async ({ provide }: TestProject) => {
  const secretIn = (url: string) => decodeURIComponent(new URL(url).password)
  const databaseIn = (url: string) => new URL(url).pathname.slice(1)
  const cluster = await startTestCluster((url) => migrate(url, loginOf(databaseIn(url), secretIn(url))))
  provide('administratorUrl', cluster.administratorUrl)
  provide('administratorSecret', cluster.administratorSecret)
  provide('templateDatabase', cluster.templateDatabase)
  return cluster.stop
}
