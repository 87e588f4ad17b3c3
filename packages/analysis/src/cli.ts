/** npm run analysis -- <command>: effects and reports of a dataset at the command line. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readDatasetFolder } from './cli/dataset-folder.ts'
import { decimal, intervalWords } from './plots/number-words.ts'
import type { Language } from './plots/theme.ts'
import { effectReport } from './report/effect-report.ts'
import type { Contrast, EffectReport } from './report/record.ts'
import { renderReport } from './report/render-report.ts'
import { pValue } from './report/tables.ts'
import { wordsIn } from './report/words.ts'

const usage = `npm run analysis -- <command>

  report <dataset-folder>   writes report.json, report.zh-CN.html and report.en.html, and prints the effect with its interval
  check <dataset-folder>    reads the dataset and verifies its hashes, columns and cells

  --out <folder>            where the report is written, the dataset's folder unless one is named
  --language <zh-CN|en>     the language of what is printed, en unless one is named`

type Asked = { readonly folder: string; readonly out: string; readonly language: Language }

const contrastLine = (report: EffectReport, { arm, against, effect }: Contrast, language: Language): string => {
  const words = wordsIn(language)
  const name = (id: string) => report.arms.find((candidate) => candidate.id === id)?.label[language] ?? id
  const pair = `${name(arm)} − ${name(against)}`
  if (effect.kind === 'not-estimable') return words.joint(pair, `${words.notEstimable} (${words.reasons[effect.reason]})`)
  const interval = `${words.interval(effect.interval.level)} ${intervalWords(effect.interval, words.to)}`
  return words.joint(pair, `${decimal(effect.estimate)} ${words.points}, ${interval}, df ${decimal(effect.df, 1)}, p ${pValue(effect.p)}`)
}

const report = async ({ folder, out, language }: Asked): Promise<void> => {
  const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as { readonly version: string }
  const made = effectReport(await readDatasetFolder(folder), { codeVersion: version, generatedOn: new Date().toISOString().slice(0, 10) })
  const words = wordsIn(language)
  await mkdir(out, { recursive: true })
  const files = [
    ['report.json', `${JSON.stringify(made, null, 2)}\n`],
    ['report.zh-CN.html', await renderReport(made, { language: 'zh-CN' })],
    ['report.en.html', await renderReport(made, { language: 'en' })],
  ] as const
  for (const [name, text] of files) await writeFile(join(out, name), text)
  if (made.simulated) console.log(made.notice?.[language] ?? words.simulated)
  console.log(words.question(made.primary.label[language]))
  for (const contrast of made.primary.contrasts) console.log(contrastLine(made, contrast, language))
  for (const [name] of files) console.log(join(out, name))
}

const check = async ({ folder }: Asked): Promise<void> => {
  const { manifest, codebook } = await readDatasetFolder(folder)
  console.log(
    `${manifest.id}: ${manifest.rows} rows, ${manifest.participants} participants, ${manifest.schools} schools, ${codebook.columns.length} columns`,
  )
  console.log(`hashes agree: ${manifest.hash}`)
}

const commands: Readonly<Record<string, (asked: Asked) => Promise<void>>> = { report, check }

const run = async (): Promise<void> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      out: { type: 'string' },
      language: { type: 'string', default: 'en' },
    },
  })
  const [name, folder, ...more] = positionals
  if (values.help) return console.log(usage)
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) throw new Error(`which command? one of ${Object.keys(commands).join(', ')}; --help explains them`)
  if (!folder || more.length > 0) throw new Error(`${name} takes one dataset folder, got ${positionals.length - 1}`)
  const { language } = values
  if (language !== 'zh-CN' && language !== 'en') throw new Error(`--language takes zh-CN or en, got ${language}`)
  return command({ folder, out: values.out ?? folder, language })
}

try {
  await run()
} catch (error) {
  console.error(error instanceof Error ? error.message.split('\n')[0] : error)
  process.exitCode = 1
}
