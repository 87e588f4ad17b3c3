// What a demonstration may take away when it ends: its own database in a folder of the system, and nothing that only looks like it.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { clearElsewhere } from '../scripts/demo/elsewhere.ts'

const placed = (name: string, owner: (dataFolder: string) => string | null) => {
  const top = mkdtempSync(join(tmpdir(), 'tongxing-elsewhere-'))
  onTestFinished(() => rmSync(top, { recursive: true, force: true }))
  const [dataFolder, folder] = [join(top, 'data'), join(top, name)]
  for (const made of [dataFolder, folder]) mkdirSync(made)
  writeFileSync(join(dataFolder, 'database-elsewhere.json'), JSON.stringify({ folder }))
  const said = owner(dataFolder)
  if (said !== null) writeFileSync(join(folder, 'data-folder'), said)
  return { dataFolder, folder }
}
const named = 'database-0123456789abcdef'

test('its own database goes', () => {
  const { dataFolder, folder } = placed(named, (own) => own)
  expect(clearElsewhere(dataFolder)).toBe(folder)
  expect(existsSync(folder)).toBe(false)
  expect(existsSync(dataFolder)).toBe(true)
})

test.each([
  ['the database of another data folder', named, () => '/srv/school/data'],
  ['a folder that says nothing of its owner', named, () => null],
  ['a folder of another name', 'precious', (own: string) => own],
] as const)('%s stays', (_what, name, owner) => {
  const { dataFolder, folder } = placed(name, owner)
  expect(clearElsewhere(dataFolder)).toBeNull()
  expect(existsSync(folder)).toBe(true)
})

test('a data folder whose database is inside it has nothing elsewhere', () => {
  const inside = mkdtempSync(join(tmpdir(), 'tongxing-inside-'))
  onTestFinished(() => rmSync(inside, { recursive: true }))
  expect(clearElsewhere(inside)).toBeNull()
})
