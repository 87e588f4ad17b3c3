// The walls of the house. Each law reads the sources as they are and names the line that climbs over it.
import { describe, expect, test } from 'vitest'
import { type Import, importsBelow, linesBelow, linesIn } from './architecture/sources.ts'

const at = ({ file, line, specifier }: Import) => `${file}:${line} imports ${specifier}`
const isNode = ({ specifier }: Import) => specifier.startsWith('node:')
const isRelative = ({ specifier }: Import) => specifier.startsWith('.')
/** @scope/name/deep or name/deep to the package's own name. */
const packageOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
const isTest = ({ file }: { readonly file: string }) => /\.test\.tsx?$|\/test\/|\/golden\.ts$|\.config\.ts$/.test(file)

type Law = { readonly may: readonly string[]; readonly node: RegExp | null }
const laws: Readonly<Record<string, Law>> = {
  'packages/instruments': { may: ['zod', 'yaml'], node: /src\/(library|cli\/run)\.ts$/ },
  'packages/analysis': {
    may: ['@tongxing/instruments', 'simple-statistics', 'vega', 'vega-lite', 'csv-parse', 'hyparquet', 'zod', '@stdlib'],
    node: /src\/cli\.ts$|src\/cli\/|src\/dataset\/hash\.ts$/,
  },
  'packages/server': {
    may: [
      '@tongxing/instruments',
      '@tongxing/analysis',
      'fastify',
      '@fastify',
      'kysely',
      'pg',
      'zod',
      'otpauth',
      'openapi-types',
      'csv-parse',
      'sax',
      'helmet',
      '@peculiar',
      'tweetnacl',
      'age-encryption',
      '@scure',
    ],
    node: /./,
  },
  'packages/web': {
    may: ['@tongxing/instruments', 'preact', 'preact-iso', 'openapi-fetch', 'qrcode', '@noble/hashes', 'tweetnacl'],
    node: null,
  },
  studies: { may: ['@tongxing/instruments', '@tongxing/analysis'], node: /./ },
}

describe.each(Object.entries(laws))('%s', (folder, { may, node }) => {
  const imports = importsBelow(folder).filter((one) => !isTest(one))

  test('has sources', () => expect(imports.length).toBeGreaterThan(0))

  test(`imports of packages only ${may.join(', ')}`, () => {
    const allowed = (specifier: string) => may.includes(packageOf(specifier)) || may.includes(specifier.split('/')[0]!)
    const climbing = imports.filter((one) => !isRelative(one) && !isNode(one) && !allowed(one.specifier))
    expect(climbing.map(at)).toEqual([])
  })

  test('reaches the system only at its edge', () => {
    const climbing = imports.filter((one) => isNode(one) && !node?.test(one.file))
    expect(climbing.map(at)).toEqual([])
  })
})

test('no import leaves its own package by a path', () => {
  const home = (path: string) => path.split('/').slice(0, 2).join('/')
  const all = ['packages', 'studies'].flatMap(importsBelow).filter((one) => isRelative(one) && one.target !== null)
  expect(all.filter((one) => home(one.file) !== home(one.target!) && !isTest(one)).map(at)).toEqual([])
})

describe('the rooms of the server', () => {
  // upstream first: a room imports only rooms to its left
  const order =
    'terminal problem config data-folder tls db audit jobs context access shapes accounts units duty participants consents library studies sessions flags cases referrals interventions exports reports kits http app main cli'.split(
      ' ',
    )
  const root = 'packages/server/src/'
  const roomOf = (file: string) => file.slice(root.length).split('/')[0]!.replace(/\.ts$/, '')
  const imports = importsBelow('packages/server/src').filter((one) => !isTest(one) && one.target?.startsWith(root))

  test('stand in one order, and each is in it', () => {
    const rooms = new Set(imports.flatMap((one) => [roomOf(one.file), roomOf(one.target!)]))
    expect([...rooms].filter((room) => !order.includes(room))).toEqual([])
  })

  test('import only what stands upstream', () => {
    const climbing = imports.filter((one) => order.indexOf(roomOf(one.target!)) > order.indexOf(roomOf(one.file)))
    expect(climbing.map(at)).toEqual([])
  })

  test('hold all SQL of their noun in queries.ts', () => {
    const climbing = imports.filter((one) => /routes\.ts$/.test(one.file) && one.specifier === 'kysely')
    expect(climbing.map(at)).toEqual([])
  })

  test('SAF-20: only participants reads the table of names, and kits carry it from one house to another', () => {
    const lines = linesBelow(root).filter((line) => /identity\.person\b/.test(line.text) && !isTest(line))
    const elsewhere = lines.filter((line) => !/^(participants|db|kits)\//.test(line.file.slice(root.length)))
    expect(elsewhere.map((line) => `${line.file}:${line.line}`)).toEqual([])
  })

  test('leave the environment, the arguments, the signals and the end of the process to main and the command line', () => {
    const lines = linesBelow(root).filter(
      (line) => /\bprocess\.(env|argv|on|once|exit|stdin|stdout|stderr)\b/.test(line.text) && !isTest(line),
    )
    const elsewhere = lines.filter((line) => !/\/(main|cli)\.ts$/.test(line.file))
    expect(elsewhere.map((line) => `${line.file}:${line.line} ${line.text.trim()}`)).toEqual([])
  })
})

describe('SEC-06 and SEC-10: nowhere in the product', () => {
  const sources = ['packages', 'studies'].flatMap(linesBelow).filter((line) => !isTest(line))
  const never: readonly (readonly [string, RegExp])[] = [
    ['is code made from text', /\beval\(|new Function\(/],
    ['is markup made from text in a browser', /\binnerHTML\b|\bouterHTML\b|dangerouslySetInnerHTML|insertAdjacentHTML/],
    ['is a shell given a line', /\bexecSync\b|\bexec\b.*child_process|\bshell: /],
    ['is the compiler silenced', /@ts-ignore|@ts-expect-error|@ts-nocheck/],
  ]
  test.each(never)('%s', (_, pattern) => {
    expect(sources.filter((line) => pattern.test(line.text)).map((line) => `${line.file}:${line.line} ${line.text.trim()}`)).toEqual([])
  })
})

describe('the pupil’s page', () => {
  test('shares nothing with the staff pages but the design tokens and the types of the API', () => {
    const climbing = importsBelow('packages/web/src/pupil').filter((one) => one.target && /src\/staff\//.test(one.target))
    expect(climbing.map(at)).toEqual([])
  })
})

test('every package manifest pins its dependencies exactly', () => {
  const manifests = ['package.json', ...['instruments', 'analysis', 'server', 'web'].map((name) => `packages/${name}/package.json`)]
  const loose = manifests.flatMap((file) => linesIn(file).filter((line) => /": "[\^~><*]/.test(line.text) && !/"node":/.test(line.text)))
  expect(loose.map((line) => `${line.file}:${line.line} ${line.text.trim()}`)).toEqual([])
})
