// What a server really keeps, read past it by the owner of its database.
import { Client } from 'pg'

export const rowsOf = async <Row>(databaseUrl: string, statement: string, values: readonly unknown[] = []): Promise<readonly Row[]> => {
  const owner = new Client({ connectionString: databaseUrl })
  await owner.connect()
  try {
    return (await owner.query({ text: statement, ...(values.length > 0 && { values: [...values] }) })).rows as Row[]
  } finally {
    await owner.end()
  }
}
