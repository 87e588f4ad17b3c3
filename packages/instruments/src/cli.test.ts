import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { commands } from './cli/commands.ts'
import { page } from './cli/help.ts'
import { run } from './cli/run.ts'
import { libraryFolder } from './library.ts'

const program = fileURLToPath(new URL('./cli.ts', import.meta.url))
const asProgram = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}
const printed = (texts: readonly string[]) => texts.map((text) => `${text}\n`).join('')
const asked = async (...args: readonly string[]) => {
  const { code, output, errors } = await run(args)
  return { status: code, stdout: printed(output), stderr: printed(errors) }
}
const temporary = () => {
  const folder = mkdtempSync(join(tmpdir(), 'tongxing-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}
const answersFile = (answers: unknown) => {
  const file = join(temporary(), 'answers.json')
  writeFileSync(file, typeof answers === 'string' ? answers : JSON.stringify(answers))
  return file
}

const libraryThatLost = (key: string) => {
  const folder = temporary()
  writeFileSync(join(folder, 'lock.json'), JSON.stringify({ [key]: '' }))
  return folder
}

test.each([
  ['an answer', 0, () => ['show', 'k6'], /"id": "k6"/, /^$/],
  ['an answer with notes beside it', 0, () => ['export', 'gad-7', '--format', 'redcap', '--language', 'en'], /gad7_1/, /not carried/],
  ['a refusal', 1, () => ['score', 'k6'], /^$/, /^score needs a file of answers/],
  ['a problem', 1, () => ['check', '--library', libraryThatLost('k6@1.0.0')], /^$/, /^k6@1\.0\.0 is locked but /],
])('the program prints %s and ends with %i, and the command line answers the same', async (_what, code, args, output, errors) => {
  const words = args()
  const ended = asProgram(...words)
  expect(ended).toEqual({ status: code, stdout: expect.stringMatching(output), stderr: expect.stringMatching(errors) })
  expect(await asked(...words)).toEqual(ended)
})

test('--help names every command', async () => {
  const { status, stdout } = await asked('--help')
  expect(status).toBe(0)
  for (const command of Object.keys(commands)) expect(stdout).toContain(`\n  ${command} `)
})

test('help score and score --help print the same page', async () => {
  const { status, stdout } = await asked('help', 'score')
  expect([status, stdout]).toEqual([0, (await asked('score', '--help')).stdout])
  expect(stdout).toContain('npm run -s instruments -- score <id>[@version] --input <answers.csv>')
})

test.each(Object.entries(commands))('the page of %s has its usage, its options and an example', (name, command) => {
  expect(page(command)).toContain(`npm run -s instruments -- ${name}`)
  for (const option of command.takes) expect(page(command)).toContain(`\n  --${option}`)
  for (const example of command.examples) expect(page(command)).toContain(`\n  npm run -s instruments -- ${example}`)
})

test('list and check tell the library that comes with Tongxing', async () => {
  expect((await asked('list')).stdout).toContain('phq-9@1.0.0  患者健康问卷抑郁量表  9 items  en zh-CN  free')
  expect(await asked('check')).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^\d+ versions read, lawful and locked\n$/),
    stderr: '',
  })
})

test('an instrument is meant with or without its hyphens and capitals', async () => {
  expect((await asked('show', 'PHQ9')).stdout).toBe((await asked('show', 'phq-9')).stdout)
  expect((await asked('show', 'sdq_self')).stdout).toBe((await asked('show', 'sdq-self@1.0.0')).stdout)
})

test('show gives the definition as JSON, with its hash', async () => {
  const lock = JSON.parse(readFileSync(join(libraryFolder, 'lock.json'), 'utf8'))
  expect(JSON.parse((await asked('show', 'k6')).stdout)).toMatchObject({ id: 'k6', version: '1.0.0', hash: lock['k6@1.0.0'] })
})

test('schema prints what lies in the library', async () => {
  expect((await asked('schema')).stdout).toBe(readFileSync(join(libraryFolder, 'definition.schema.json'), 'utf8'))
})

test('score tells scores and flags, never a diagnosis', async () => {
  const file = answersFile({ phq9_1: 3, phq9_9: 1 })
  const { status, stdout } = await asked('score', 'phq-9', file, '--language', 'zh-CN')
  expect(status).toBe(0)
  expect(stdout).toContain('no score, 2 of 9 answered')
  expect(stdout).toContain('flag item9-endorsed, immediate, phq9_9 = 1: 对第9题')
  expect(stdout).toContain('never diagnoses')
})

test('list --json names licence, languages, hash and what kind of instrument each is', async () => {
  const phq9 = JSON.parse((await asked('list', '--json')).stdout).find(({ id }: { readonly id: string }) => id === 'phq-9')
  expect(phq9).toMatchObject({
    version: '1.0.0',
    kind: 'full-text',
    licence: 'free',
    uses: { commercial: true },
    languages: ['en', 'zh-CN'],
    textsNeeded: [],
    riskItems: ['phq9_9'],
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
})

test('score --input gives a row a sheet with every scale and flag, and keeps the column that --id names first', async () => {
  const file = join(temporary(), 'answers.csv')
  writeFileSync(
    file,
    '\uFEFFphq9_1,phq9_2,phq9_3,phq9_4,phq9_5,phq9_6,phq9_7,phq9_8,phq9_9,code\r\n3,3,3,3,3,3,3,3,3,=a\r\n,,,1,1,1,1,1,declined,b\r\n',
  )
  const { status, stdout, stderr } = await asked('score', 'phq-9', '--input', file, '--id', 'code')
  expect([status, stdout.split('\n')]).toEqual([
    0,
    [
      'code,row,phq9_total,phq9_total_answered,phq9_total_band,phq9_total_prorated,flags',
      "'=a,1,27,9,severe,0,item9-endorsed:immediate total-severe:prompt",
      'b,2,,5,,,item9-unanswered:prompt',
      '',
    ],
  ])
  expect(stderr).toContain('never diagnoses')
  const { sheets } = JSON.parse((await asked('score', 'phq-9', '--input', file, '--id', 'code', '--json')).stdout)
  expect(sheets[1]).toMatchObject({
    row: 2,
    kept: { code: 'b' },
    scores: [{ scale: 'phq9_total', score: null, answered: 5, of: 9, band: null, reason: 'too-few-answered' }],
    flags: [{ rule: 'item9-unanswered', urgency: 'prompt', subject: 'phq9_9', value: 'declined' }],
  })
})

test('a bad cell is named with its line, row and column, and no file of scores is written', async () => {
  const folder = temporary()
  const [input, output] = [join(folder, 'answers.csv'), join(folder, 'scores.csv')]
  writeFileSync(input, 'i1,i2,i3,i4,i5,i6\n0,1,2,3,4,0\n0,1,2,5,4,0\n')
  const { status, stdout, stderr } = await asked('score', 'k6', '--input', input, '--output', output, '--by-position')
  expect([status, stdout, existsSync(output)]).toEqual([1, '', false])
  expect(stderr).toBe(`${input}:3: row 2, column i4: "5" is not allowed; allowed: 0, 1, 2, 3, 4, empty, skipped, declined\n`)
  writeFileSync(input, 'i1,i2,i3,i4,i5,i6\n0,1,2,3,4,0\n')
  expect((await asked('score', 'k6', '--input', input, '--output', output, '--by-position')).stdout).toContain(
    'sheets scored: 1, with flags: 0',
  )
  expect(readFileSync(output, 'utf8')).toContain('\n1,10,6,')
})

test('what simulate writes, score reads, and both say that it is simulated', async () => {
  const folder = temporary()
  const [input, output] = [join(folder, 'answers.csv'), join(folder, 'scores.csv')]
  const command = ['simulate', 'rses', '--n', '20', '--seed', '4', '--skip-rate', '0.1']
  expect((await asked(...command, '--output', input)).status).toBe(0)
  expect(readFileSync(input, 'utf8')).toBe((await asked(...command)).stdout)
  expect((await asked('score', 'rses', '--input', input, '--output', output)).status).toBe(0)
  const lines = readFileSync(output, 'utf8').trimEnd().split('\n')
  expect(lines).toHaveLength(21)
  expect(lines.slice(1).every((line) => line.startsWith('simulated,'))).toBe(true)
})

test('export writes the files to a folder, and says what they do not carry', async () => {
  const out = join(temporary(), 'made', 'here')
  const { status, stdout, stderr } = await asked('export', 'gad-7', '--format', 'xlsform', '--out', out)
  expect([status, readdirSync(out)]).toEqual([0, ['choices', 'settings', 'survey'].map((sheet) => `gad-7-1.0.0.xlsform.${sheet}.csv`)])
  expect(stdout).toContain('wrote ')
  expect(stderr).toContain('not carried: bands of scores')
})

test('what export writes, import reads as a draft that lies in a folder like the library’s', async () => {
  const folder = temporary()
  expect((await asked('export', 'gad-7', '--format', 'redcap', '--language', 'en', '--out', folder)).status).toBe(0)
  const [file] = readdirSync(folder)
  const { status, stdout } = await asked('import', 'auto', join(folder, file!), '--out', join(folder, 'draft'))
  expect([status, readdirSync(join(folder, 'draft')).sort()]).toEqual([0, ['definition.yaml', 'texts']])
  expect(stdout).toContain('note: the licence gate stays closed')
  const draft = parse(readFileSync(join(folder, 'draft', 'definition.yaml'), 'utf8'))
  expect(draft.items.map(({ id }: { readonly id: string }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `gad7_${n}`))
  const printed = (await asked('import', 'redcap', join(folder, file!))).stdout
  expect(parseAllDocuments(printed).map((document) => document.errors)).toEqual([[], []])
})

test('a file that cannot be imported is refused with its name and a reason, and exit 1', async () => {
  const file = answersFile({ resourceType: 'Patient' })
  const { status, stdout, stderr } = await asked('import', 'fhir', file)
  expect([status, stdout]).toEqual([1, ''])
  expect(stderr).toContain(`${file}: error: `)
})

test('law 6: no paper form of withheld words, nor of the WHO-5 for a commercial use', async () => {
  const refusedForm = async (...args: string[]) => {
    const { status, stdout, stderr } = await asked('export', ...args, '--format', 'paper')
    expect([status, stdout]).toEqual([1, ''])
    return stderr
  }
  expect(await refusedForm('sdq-self')).toContain('the words belong to the licence holder, a school adds them under a recorded permission')
  expect(await refusedForm('who-5', '--use', 'commercial')).toContain('its terms do not allow this use')
  expect(await refusedForm('sdq-self', '--permission', answersFile({ instrument: 'sdq-self' }))).toMatch(/answers\.json: version: /)
})

test('diff tells a band that moved from a word that changed, and how many simulated sheets it touches', async () => {
  const folder = temporary()
  cpSync(libraryFolder, folder, { recursive: true })
  const changed = (version: string, file: string, from: string, to: string) => {
    const made = join(folder, 'gad-7', version)
    cpSync(join(folder, 'gad-7', '1.0.0'), made, { recursive: true })
    for (const [name, before, after] of [
      ['definition.yaml', 'version: 1.0.0', `version: ${version}`],
      [file, from, to],
    ] as const)
      writeFileSync(join(made, name), readFileSync(join(made, name), 'utf8').replace(before, after))
  }
  changed('1.1.0', 'texts/en.yaml', 'name: ', 'name: The ')
  changed('1.2.0', 'definition.yaml', 'atLeast: 10', 'atLeast: 11')
  expect((await asked('lock', '--library', folder)).status).toBe(0)
  expect((await asked('diff', 'gad-7@1.0.0', 'gad-7@1.1.0', '--library', folder)).stdout).toContain('only words change')
  const told = JSON.parse((await asked('diff', 'gad-7@1.0.0', 'gad-7@1.2.0', '--library', folder, '--json')).stdout)
  expect(told).toMatchObject({
    resultsChange: true,
    effect: { simulatedSheets: 1000, scores: 0, bands: 0, flags: 0 },
    changes: [{ kind: 'results', place: 'scales.gad7_total.cutOffs.positive.atLeast', before: 10, after: 11 }],
  })
})

test('check exits 1 with file, place and what is allowed, every problem on its line', async () => {
  const folder = temporary()
  cpSync(libraryFolder, folder, { recursive: true })
  const file = join(folder, 'gad-7', '1.0.0', 'definition.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace('respondent: pupil', 'respondent: child'))
  const { status, stdout, stderr } = await asked('check', '--library', folder)
  expect([status, stdout]).toEqual([1, ''])
  const lines = stderr.trimEnd().split('\n')
  expect(lines[0]).toMatch(/gad-7.1\.0\.0.definition\.yaml: respondent: .*"pupil"\|"parent"\|"teacher"/)
  expect(lines[1]).toContain('gad-7@1.0.0 is locked but cannot be read')
  expect(lines).toHaveLength(2)
})

test('lock adds a new version and refuses a changed one, leaving the lock as it was', async () => {
  const folder = temporary()
  cpSync(libraryFolder, folder, { recursive: true })
  const made = join(folder, 'k6', '1.1.0')
  cpSync(join(folder, 'k6', '1.0.0'), made, { recursive: true })
  const file = join(made, 'definition.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace('version: 1.0.0', 'version: 1.1.0'))
  expect(await asked('lock', '--library', folder)).toMatchObject({ status: 0, stdout: 'locked k6@1.1.0\n' })
  const locked = readFileSync(join(folder, 'lock.json'), 'utf8')
  writeFileSync(file, readFileSync(file, 'utf8').replace('estimatedMinutes: 2', 'estimatedMinutes: 3'))
  const { status, stderr } = await asked('lock', '--library', folder)
  expect([status, stderr]).toEqual([
    1,
    'nothing was locked: k6@1.1.0 differs from its lock: a released version never changes, make a new one\n',
  ])
  expect(readFileSync(join(folder, 'lock.json'), 'utf8')).toBe(locked)
})

test.each([
  ['no command', [], 'which command? one of list, check'],
  ['an unknown command', ['toString'], 'which command? one of list, check'],
  ['an unknown option', ['list', '--colour'], "Unknown option '--colour'"],
  ["another command's option", ['list', '--seed', '1'], 'list takes no --seed, it takes --library, --json'],
  ['a file that is not there', ['score', 'k6', '--input', 'nowhere.csv'], 'nowhere.csv: there is no such file'],
  ['an unknown format', ['export', 'k6', '--format', 'pdf'], 'export needs --format, one of fhir, redcap'],
  ['no format to import', ['import', 'pdf', 'k6.pdf'], 'import needs a format, one of auto, fhir'],
  ['one version to compare', ['diff', 'k6'], 'diff needs two versions'],
  ['a seed that is none', ['simulate', 'k6', '--seed', 'one'], '--seed needs a number, not one'],
  ['an unknown instrument', ['show', 'no-such'], 'which instrument? one of '],
  ['an unknown version', ['show', 'k6@3.0.0'], 'which instrument? one of k6@1.0.0'],
  ['no file', ['score', 'k6'], 'score needs a file of answers, such as {"k6_1": 0}'],
  ['a wrong answer', ['score', 'k6', answersOf({ k6_1: 9 })], 'k6_1: out-of-range, allowed: 0, 1, 2, 3, 4, skipped'],
  ['a file that is not JSON', ['score', 'k6', answersOf('k6_1=0')], 'is no JSON'],
  ['an unknown language', ['score', 'k6', answersOf({}), '--language', 'fr'], 'k6 has no texts in fr, it has en, zh-CN'],
])('%s is one sentence and exit 1', async (_what, args, sentence) => {
  const { status, stdout, stderr } = await asked(...args.map((arg) => (typeof arg === 'string' ? arg : answersFile(arg.answers))))
  expect([status, stdout]).toEqual([1, ''])
  expect(stderr).toContain(sentence)
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
})

function answersOf(answers: unknown) {
  return { answers }
}
