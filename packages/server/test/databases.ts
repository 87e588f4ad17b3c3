// A fresh database for a test file, copied from the migrated template of the run's one cluster.
import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    administratorUrl: string
    administratorSecret: string
    templateDatabase: string
  }
}

export const createDatabase = async (): Promise<{ readonly url: string; readonly loginDatabase: string }> => {
  const template = inject('templateDatabase')
  const name = `test_${randomBytes(6).toString('hex')}`
  const administrator = new Client({ connectionString: inject('administratorUrl') })
  await administrator.connect()
  await administrator.query(`create database ${name} template ${template}`)
  await administrator.end()
  const url = new URL(inject('administratorUrl'))
  url.pathname = `/${name}`
  return { url: url.href, loginDatabase: template }
}
