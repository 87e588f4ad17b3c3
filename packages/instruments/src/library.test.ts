import { appendFileSync, cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { libraryFolder, libraryFolders, loadLibrary, nonCommercialFolder, releaseHash } from './library.ts'
import { extendedLock, libraryProblems } from './lock.ts'

vi.setConfig({ testTimeout: 120_000 }) // a busy machine is no failure

const copiedLibrary = () => {
  const folder = mkdtempSync(join(tmpdir(), 'tongxing-library-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  cpSync(libraryFolder, folder, { recursive: true })
  return folder
}
const edited = (file: string, from: string, to: string) => {
  const text = readFileSync(file, 'utf8')
  expect(text).toContain(from)
  writeFileSync(file, text.replace(from, to))
}
const [definition, english] = [join('phq-9', '1.0.0', 'definition.yaml'), join('phq-9', '1.0.0', 'texts', 'en.yaml')]

test('the library that comes with Tongxing is sound, lawful and locked', async () => {
  for (const folder of libraryFolders()) {
    expect(await libraryProblems(folder)).toEqual([])
    expect((await extendedLock(folder)).added).toEqual([])
  }
})

test('only what no commercial use may have lies in the folder that is named so, and all of it does', async () => {
  for (const { definition, path } of (await loadLibrary()).list())
    expect([definition.id, path.startsWith(nonCommercialFolder)]).toEqual([
      definition.id,
      definition.licence.wording.status === 'non-commercial',
    ])
})

test('a version that stands in two folders is refused', async () => {
  await expect(loadLibrary(libraryFolder, copiedLibrary())).rejects.toThrow('a version stands in two folders')
})

test('the lock is the hash of the canonical JSON of each version', async () => {
  const lock = Object.assign({}, ...libraryFolders().map((folder) => JSON.parse(readFileSync(join(folder, 'lock.json'), 'utf8'))))
  for (const entry of (await loadLibrary()).list()) {
    expect(lock[`${entry.definition.id}@${entry.definition.version}`]).toBe(entry.hash)
    expect(releaseHash(entry.definition)).toBe(entry.hash)
  }
})

test('a comment or the order of keys is no change of a version', async () => {
  const folder = copiedLibrary()
  appendFileSync(join(folder, definition), '# a remark\n')
  expect((await loadLibrary(folder)).get('phq-9', '1.0.0')).toEqual((await loadLibrary()).get('phq-9', '1.0.0'))
})

test.each([
  ['a band', definition, 'from: 5\n', 'from: 6\n'],
  ['a word of an item', english, 'Feeling tired', 'Being tired'],
  ['a risk rule', definition, 'urgency: immediate', 'urgency: routine'],
])('law 7: a released version whose %s was changed is refused', async (_what, file, from, to) => {
  const folder = copiedLibrary()
  edited(join(folder, file), from, to)
  const sentence = 'phq-9@1.0.0 differs from its lock: a released version never changes, make a new one'
  await expect(loadLibrary(folder)).rejects.toThrow(sentence)
  expect(await libraryProblems(folder)).toContain(sentence)
  await expect(extendedLock(folder)).rejects.toThrow('nothing was locked: ')
})

test('law 7: a version that is not locked is refused, and can be locked', async () => {
  const folder = copiedLibrary()
  cpSync(join(folder, 'k6', '1.0.0'), join(folder, 'k6', '1.1.0'), { recursive: true })
  edited(join(folder, 'k6', '1.1.0', 'definition.yaml'), 'version: 1.0.0', 'version: 1.1.0')
  await expect(loadLibrary(folder)).rejects.toThrow(
    `k6@1.1.0 is not in ${join(folder, 'lock.json')}: a new version is locked before it is used`,
  )
  const { lock, added } = await extendedLock(folder)
  expect(added).toEqual(['k6@1.1.0'])
  writeFileSync(join(folder, 'lock.json'), JSON.stringify(lock))
  const library = await loadLibrary(folder)
  expect([library.get('k6', '1.1.0')?.version, library.get('k6', '1.0.0')?.version]).toEqual(['1.1.0', '1.0.0'])
})

test('law 7: a locked version that has gone is named', async () => {
  const folder = copiedLibrary()
  rmSync(join(folder, 'rses', '1.0.0'), { recursive: true })
  expect(await libraryProblems(folder)).toEqual([
    `rses@1.0.0 is locked but cannot be read in ${folder}: a released version never goes away`,
  ])
})

test('an unlawful version is never locked', async () => {
  const folder = copiedLibrary()
  cpSync(join(folder, 'k6', '1.0.0'), join(folder, 'k6', '1.1.0'), { recursive: true })
  edited(join(folder, 'k6', '1.1.0', 'definition.yaml'), 'version: 1.0.0', 'version: 1.1.0')
  edited(join(folder, 'k6', '1.1.0', 'definition.yaml'), 'to: 12', 'to: 11')
  await expect(extendedLock(folder)).rejects.toThrow('nothing was locked: ')
  await expect(extendedLock(folder)).rejects.toThrow('scales.k6_total.bands.serious: begins at 13, which leaves a gap or an overlap')
})

test.each([
  [
    'a word that is not allowed names the place and the words that are',
    definition,
    'method: sum',
    'method: average',
    definition,
    /scales\.0\.method: .*"sum"\|"mean"/,
  ],
  ['a missing field names its place', definition, 'acronym: PHQ-9\n', '', definition, /acronym: .*expected string/],
  ['an unknown field names itself', definition, 'respondent: pupil', 'respondent: pupil\nrespondant: pupil', definition, /respondant/],
  [
    'a number in the place of words names the file of texts',
    english,
    'name: Patient Health Questionnaire-9',
    'name: 9',
    english,
    /texts\.en\.name: .*expected string, received number/,
  ],
  ['yaml that cannot be read names the line', definition, 'ages:\n', 'ages: [\n', definition, /at line \d+/],
  ['an empty file says what was expected', english, readFileSync(join(libraryFolder, english), 'utf8'), '', english, /expected object/],
])('%s', async (_what, file, from, to, named, message) => {
  const folder = copiedLibrary()
  edited(join(folder, file), from, to)
  await expect(loadLibrary(folder)).rejects.toThrow(join(folder, named))
  await expect(loadLibrary(folder)).rejects.toThrow(message)
})

test('folder and definition must agree', async () => {
  const folder = copiedLibrary()
  renameSync(join(folder, 'k6'), join(folder, 'another-name'))
  await expect(loadLibrary(folder)).rejects.toThrow('holds k6 1.0.0, folder and definition must agree')
})

test('an unknown instrument or version is undefined, not an error', async () => {
  const library = await loadLibrary()
  expect([library.get('phq-9', '9.9.9'), library.get('nope', '1.0.0')]).toEqual([undefined, undefined])
})
