import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decimal, intervalWords } from '../plots/number-words.ts'
import type { Language } from '../plots/theme.ts'
import { effectReport } from '../report/effect-report.ts'
import type { Contrast, EffectReport } from '../report/record.ts'
import { pValue } from '../report/tables.ts'
import { wordsIn } from '../report/words.ts'
import type { Command } from './command.ts'
import { datasetArguments } from './dataset-arguments.ts'
import { readDatasetFolder } from './dataset-folder.ts'

const contrastLine = (report: EffectReport, { arm, against, effect }: Contrast, language: Language): string => {
  const words = wordsIn(language)
  const name = (id: string) => report.arms.find((candidate) => candidate.id === id)?.label[language] ?? id
  const pair = `${name(arm)} − ${name(against)}`
  if (effect.kind === 'not-estimable') return words.joint(pair, `${words.notEstimable} (${words.reasons[effect.reason]})`)
  const interval = `${words.interval(effect.interval.level)} ${intervalWords(effect.interval, words.to)}`
  return words.joint(pair, `${decimal(effect.estimate)} ${words.points}, ${interval}, df ${decimal(effect.df, 1)}, p ${pValue(effect.p)}`)
}

const run = async (args: readonly string[]): Promise<void> => {
  const { folder, out, language } = datasetArguments('report', args)
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as { readonly version: string }
  const made = effectReport(await readDatasetFolder(folder), { codeVersion: version, generatedOn: new Date().toISOString().slice(0, 10) })
  const { renderReport } = await import('../report/render-report.ts') // loads the plots, which no other command waits for
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

const usage = `report <dataset-folder> [--out <folder>] [--language zh-CN|en]
  writes report.json, report.zh-CN.html and report.en.html, and prints the effect with its interval
  --out <folder>            where the report is written, the dataset's folder unless one is named
  --language <zh-CN|en>     the language of what is printed, en unless one is named`

export const report: Command = { name: 'report', usage, run }
