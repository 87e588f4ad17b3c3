// What the documentation says of the house is held to the house: its pages, its commands, its links, and the words on the screen.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { problemTable } from '../packages/server/src/problem.ts'
import { guardianWords } from '../packages/web/src/i18n/guardian.ts'
import { pupilWords } from '../packages/web/src/i18n/pupil.ts'
import { staffWords } from '../packages/web/src/i18n/staff.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const pagesBelow = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? pagesBelow(path) : path.endsWith('.md') ? [path] : []
  })

const people = ['pupil', 'guardian', 'proctor', 'counsellor', 'researcher', 'administrator', 'it-teacher']
const languages = ['zh-CN', 'en'] as const
const documents = ['README.md', ...pagesBelow('docs')]

describe.each(languages)('the manual in %s', (language) => {
  const folder = `docs/manual/${language}`

  test('has one page for each kind of user, and one that leads to them', () => {
    expect(readdirSync(join(root, folder)).sort()).toEqual(['README', ...people].map((name) => `${name}.md`).sort())
    for (const name of people) expect(read(`${folder}/README.md`)).toContain(`(${name}.md)`)
  })

  const words: readonly Readonly<Record<string, readonly [string, string]>>[] = [staffWords, pupilWords, guardianWords]
  const said = [
    ...words.flatMap((room) => Object.values(room)).map(([chinese, english]) => (language === 'en' ? english : chinese)),
    ...problemTable.map(({ zh, en }) => (language === 'en' ? en : zh)),
  ]
  const escaped = (text: string) => text.replace(/[.*+?^$()|[\]\\/]/g, '\\$&').replace(/\{\w+\}/g, '.+')
  const parts = said.flatMap((sentence) => [sentence, ...sentence.split(/[，。：；？！]|[,.:;?!](?:\s|$)/)])
  const spoken = parts.filter((part) => /[^\s{}]/.test(part.replace(/\{\w+\}/g, ''))).map((part) => new RegExp(`^${escaped(part.trim())}$`))

  test.each(['README', ...people])('%s.md puts in bold only what the pages say', (name) => {
    const bold = [...read(`${folder}/${name}.md`).matchAll(/\*\*([^*]+)\*\*/g)].map(([, words = '']) => words.replace(/\s+/g, ' '))
    const unknown = bold.filter((words) => {
      const plain = words.replace(/[。.]$/, '')
      return !spoken.some((sentence) => sentence.test(words) || sentence.test(plain))
    })
    expect(unknown).toEqual([])
  })
})

test('every command that the documentation names is one', () => {
  const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> }
  const named = documents.flatMap((file) =>
    [...read(file).matchAll(/npm (?:run ([a-z][\w:-]*)|(start|test)\b)/g)].map(([, run, own]) => ({ file, command: run ?? own ?? '' })),
  )
  expect(named.length).toBeGreaterThan(10)
  expect(named.filter(({ command }) => !Object.hasOwn(scripts, command))).toEqual([])
})

test('every study that the documentation names runs', () => {
  const named = documents.flatMap((file) => [...read(file).matchAll(/npm run study ([a-z-]+)/g)].map(([, name = '']) => name))
  expect(named.length).toBeGreaterThan(1)
  expect(named.filter((name) => !existsSync(join(root, 'studies', name, 'run.ts')))).toEqual([])
})

const anchorsOf = (file: string) =>
  [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replace(/ /g, '-'),
  )

test.each(documents)('%s leads nowhere that does not exist', (file) => {
  const targets = [...read(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target).filter((target) => !/^[a-z]+:/.test(target))
  const broken = targets.filter((target) => {
    const [path = '', anchor] = decodeURI(target).split('#')
    const aimed = path === '' ? file : join(dirname(file), path)
    return !existsSync(join(root, aimed)) || (anchor !== undefined && aimed.endsWith('.md') && !anchorsOf(aimed).includes(anchor))
  })
  expect(broken).toEqual([])
})
