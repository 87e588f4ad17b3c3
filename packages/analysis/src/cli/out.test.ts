import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { outFolder, writeOut, writeOutFile } from './out.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongxing-out-'))
  await writeFile(join(folder, 'file'), '')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('files are written with the folders they need', async () => {
  await writeOut(join(folder, 'new', 'report'), new Map([['pictures/a.svg', '<svg/>']]))
  expect(await readFile(join(folder, 'new', 'report', 'pictures', 'a.svg'), 'utf8')).toBe('<svg/>')
})

test('what is in the way, and a folder that is not there, are said in one sentence', async () => {
  await expect(outFolder(join(folder, 'file'))).rejects.toThrow('file: a file of that name is in the way')
  await expect(outFolder(join(folder, 'file', 'below'))).rejects.toThrow('a file of that name is in the way')
  await expect(writeOutFile(join(folder, 'none', 'x.csv'), '')).rejects.toThrow('x.csv: its folder is not there')
  await expect(writeOutFile(folder, '')).rejects.toThrow('a folder of that name is in the way')
})
