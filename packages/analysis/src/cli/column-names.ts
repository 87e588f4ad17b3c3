import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { parse } from 'csv-parse'

/** The names in the header of a CSV file; null where the file is none, or is no CSV, for its reader to say so. */
export const columnNames = async (path: string): Promise<readonly string[] | null> => {
  const found = await stat(path).catch(() => null)
  if (!found?.isFile() || path.endsWith('.json')) return null
  const input = createReadStream(path)
  try {
    for await (const cells of input.pipe(parse({ bom: true, relax_column_count: true, skip_empty_lines: true, to: 1 }))) {
      const names = (cells as readonly string[]).map((name) => name.trim())
      return names[0]?.startsWith('PAR1') ? null : names
    }
    return null
  } catch {
    return null
  } finally {
    input.destroy()
  }
}
