// What a server really keeps, read past it by the owner of its embedded database.
import { Client } from 'pg'
import { databaseUrl } from './server-process.ts'

export const rowsOf = async <Row>(dataFolder: string, statement: string, values: readonly unknown[] = []): Promise<readonly Row[]> => {
  const owner = new Client({ connectionString: databaseUrl(dataFolder) })
  await owner.connect()
  try {
    return (await owner.query(statement, [...values])).rows as Row[]
  } finally {
    await owner.end()
  }
}
