import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { simulatedTrial, textsOf } from '../../test/simulated-trial.ts'
import { numberColumn, readDataTable, textColumn } from './data-table.ts'

test('a dataset bundle is read by its folder or its manifest, once its hashes agree', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tongxing-bundle-'))
  const { manifest, data, codebook } = textsOf(simulatedTrial({ schools: 4, pupils: 5 }))
  for (const [file, text] of [
    ['manifest.json', manifest],
    ['data.csv', data],
    ['codebook.json', codebook],
  ] as const)
    await writeFile(join(folder, file), text)
  const table = await readDataTable(folder, ['school', 'phq9_total'])
  expect(table.rows).toBe(40)
  expect(numberColumn(table, 'phq9_total').filter((score) => score !== null).length).toBeGreaterThan(30)
  expect((await readDataTable(join(folder, 'manifest.json'), ['school'])).columns).toEqual(
    new Map([['school', textColumn(table, 'school')]]),
  )
  await expect(readDataTable(folder, ['mood'])).rejects.toThrow('data.csv has no column mood')
  await writeFile(join(folder, 'data.csv'), data.replace(/,0,/, ',1,'))
  await expect(readDataTable(folder, ['school'])).rejects.toThrow('data.csv: its SHA-256 is')
  await rm(folder, { recursive: true })
})
