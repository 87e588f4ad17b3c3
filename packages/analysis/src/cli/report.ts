import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { decimal, intervalWords } from '../plots/number-words.ts'
import type { Language } from '../plots/theme.ts'
import { effectReport } from '../report/effect-report.ts'
import { pValue } from '../report/page.ts'
import type { Contrast, EffectReport } from '../report/record.ts'
import { wordsIn } from '../report/words.ts'
import { BadInput, type Command } from './command.ts'
import { readDatasetFolder } from './dataset-folder.ts'
import { outFolder, writeOut } from './out.ts'
import { progress } from './progress.ts'
import { planIn, reportArguments } from './report-arguments.ts'

const contrastLine = (report: EffectReport, { arm, against, effect }: Contrast, language: Language): string => {
  const words = wordsIn(language)
  const name = (id: string) => report.arms.find((candidate) => candidate.id === id)?.label[language] ?? id
  const pair = `${name(arm)} − ${name(against)}`
  if (effect.kind === 'not-estimable') return words.joint(pair, `${words.notEstimable} (${words.reasons[effect.reason]})`)
  const interval = `${words.interval(effect.interval.level)} ${intervalWords(effect.interval, words.to)}`
  return words.joint(pair, `${decimal(effect.estimate)} ${words.points}, ${interval}, df ${decimal(effect.df, 1)}, p ${pValue(effect.p)}`)
}

const computed = async (folder: string, plan: string | null): Promise<EffectReport> => {
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as { readonly version: string }
  const frozen = plan === null ? undefined : await planIn(plan)
  const made = {
    codeVersion: version,
    generatedOn: new Date().toISOString().slice(0, 10),
    ...(frozen ? { plan: frozen, progress: progress('imputing') } : {}),
  }
  try {
    const dataset = await readDatasetFolder(folder)
    const silent = dataset.manifest.arms.find(({ id }) => !dataset.rows.some((row) => row.arm === id))
    if (dataset.rows.length === 0) throw new BadInput(`${join(folder, 'data.csv')} has no row of data below its header`)
    if (silent) throw new BadInput(`${join(folder, 'data.csv')} has no row of the arm ${silent.id}, which manifest.json names`)
    return effectReport(dataset, made)
  } catch (error) {
    // what the files lack is said with an ordinary Error; a TypeError is a fault of ours
    if (!(error instanceof Error) || error.constructor !== Error) throw error
    throw new BadInput(plan === null ? error.message : error.message.replace(/^plan\.json/, plan))
  }
}

/** Writes the record, and the page as HTML and Markdown in both languages; returns the paths that a reader opens. */
const written = async (report: EffectReport, out: string): Promise<readonly string[]> => {
  const [{ renderReport }, { renderMarkdown }] = await Promise.all([
    import('../report/render-report.ts'), // loads the plots, which no other command waits for
    import('../report/render-markdown.ts'),
  ])
  const files = new Map([['report.json', `${JSON.stringify(report, null, 2)}\n`]])
  for (const language of ['zh-CN', 'en'] as const) {
    files.set(`report.${language}.html`, await renderReport(report, { language }))
    const { text, pictures } = await renderMarkdown(report, { language })
    files.set(`report.${language}.md`, text)
    for (const [name, svg] of pictures) files.set(name, svg)
  }
  await writeOut(out, files)
  return [...files.keys()].filter((name) => name.startsWith('report.')).map((name) => join(out, name))
}

const run = async (args: readonly string[]): Promise<void> => {
  const { plan, folder, out, language, json } = reportArguments('report', args)
  if (folder === null) throw new BadInput('report takes [<plan.json>] <dataset-folder>, got a plan alone')
  if (out !== null) await outFolder(resolve(out))
  const made = await computed(folder, plan)
  if (json) console.log(JSON.stringify(made, null, 2))
  const paths = json && out === null ? [] : await written(made, out ?? folder)
  if (json) return
  const words = wordsIn(language)
  if (made.simulated) console.log(made.notice?.[language] ?? words.simulated)
  if (made.plan) console.log(words.joint(words.planHash, `${made.plan.hash} (${made.plan.frozenOn})`))
  console.log(words.question(made.primary.label[language]))
  for (const contrast of made.primary.contrasts) console.log(contrastLine(made, contrast, language))
  for (const path of paths) console.log(path)
}

const usage = `report [<plan.json>] <dataset-folder> [--out <folder>] [--language zh-CN|en] [--json]
  writes report.json, and the report as HTML and Markdown in Chinese and English; prints the effect with its interval
  <plan.json>               the analysis plan; without one, what the protocol does not name is marked exploratory
  --out <folder>            where the report is written, the dataset's folder unless one is named
  --language <zh-CN|en>     the language of what is printed, en unless one is named
  --json                    prints the record; files are then written only with --out`

export const report: Command = { name: 'report', usage, run }
