/**
 * npm run study pingjiang: simulates the trial, writes dataset and report; with `coverage`, simulates many and counts how often the
 * primary model is right. Simulated study, not real data (模拟研究·非真实数据).
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type EffectReport, renderMarkdown, renderReport } from '@tongxing/analysis'
import { type Comparison, comparisonsOf } from './comparison.ts'
import { coverage } from './coverage.ts'
import { coverageLines, coverageTable, isAsItShould } from './coverage-words.ts'
import { withBlock } from './marked-block.ts'
import { settingOf, simulatedStudy } from './study.ts'
import { estimand } from './truth.ts'

const usage = `npm run study pingjiang -- [--seed <n>] [--out <folder>] [--not-at-random]
npm run study pingjiang -- coverage [--trials <n>] [--seed <n>]

  --seed <n>         whole number from 0 to 4294967295; the same seed gives the same bytes: 2026 unless one is given, the first of
                     the trials for coverage, there 1
  --out <folder>     where dataset and report are written, studies/pingjiang/out unless one is given
  --not-at-random    pupils of the programme who would have answered high later are lost more often
  coverage           how often 95% intervals of the primary model cover the truth, and how often it rejects without an effect;
                     500 trials or more are written into the README
  --trials <n>       whole number from 2 to 100000, 500 unless one is given; says coverage by itself`

const enoughTrials = 500

const whole = (name: string, text: string, from: number, to: number): number => {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < from || value > to) throw new Error(`--${name} is a whole number from ${from} to ${to}, not ${text}`)
  return value
}

const asked = () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      seed: { type: 'string' },
      out: { type: 'string', default: fileURLToPath(new URL('./out/', import.meta.url)) },
      trials: { type: 'string' },
      'not-at-random': { type: 'boolean', default: false },
    },
  })
  const [command, ...more] = positionals
  if ((command !== undefined && command !== 'coverage') || more.length > 0)
    throw new Error(`pingjiang has one command, coverage, and no ${positionals.join(' ')}`)
  const isCoverage = command === 'coverage' || values.trials !== undefined
  return {
    help: values.help,
    isCoverage,
    seed: whole('seed', values.seed ?? (isCoverage ? '1' : '2026'), 0, 0xffffffff),
    trials: whole('trials', values.trials ?? String(enoughTrials), 2, 100_000),
    out: resolve(values.out),
    lostNotAtRandom: values['not-at-random'],
  }
}
type Asked = ReturnType<typeof asked>

const line = ({ scale, trueEffect, found }: Comparison) => {
  const truth = `${scale.padEnd(16)} true ${trueEffect.toFixed(2).padStart(5)}`
  if (found.kind === 'not-estimable') return `${truth}   not estimable: ${found.reason}`
  const { estimate, lower, upper, covers } = found
  return `${truth}   found ${estimate.toFixed(2).padStart(5)} [${lower.toFixed(2)}, ${upper.toFixed(2)}]   ${covers ? 'covers the truth' : 'misses the truth'}`
}

/** A picture that leaves its page still says that nothing in it is real. */
const marked = (svg: string, notice: string) => svg.replace(/<svg[^>]*>/, (start) => `${start}<desc>${notice}</desc>`)

const markdownFiles = async (report: EffectReport, language: 'zh-CN' | 'en'): Promise<Readonly<Record<string, string>>> => {
  const { text, pictures } = await renderMarkdown(report, { language })
  const notice = report.notice?.[language] ?? ''
  return {
    [`report.${language}.md`]: text,
    ...Object.fromEntries([...pictures].map(([name, svg]) => [name, marked(svg, notice)])),
  }
}

const studyRun = async ({ seed, out, lostNotAtRandom }: Asked) => {
  const setting = await settingOf()
  const { bundle, report, truths } = simulatedStudy(setting, { lostNotAtRandom })(seed)
  const comparisons = comparisonsOf(report, truths)
  const truth = { notice: setting.protocol.notice, seed, lostNotAtRandom, estimand, truths, comparisons }
  const files = {
    ...Object.fromEntries(Object.entries(bundle.files).map(([name, text]) => [join('simulated-dataset', name), text])),
    'report.json': `${JSON.stringify(report, null, 2)}\n`,
    'report.zh-CN.html': await renderReport(report, { language: 'zh-CN' }),
    'report.en.html': await renderReport(report, { language: 'en' }),
    ...(await markdownFiles(report, 'zh-CN')),
    ...(await markdownFiles(report, 'en')),
    'truth.json': `${JSON.stringify(truth, null, 2)}\n`,
  }
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(out, name)), { recursive: true })
    await writeFile(join(out, name), text)
  }
  console.log(`seed ${seed}: ${bundle.manifest.schools} schools, ${bundle.manifest.participants} pupils, ${bundle.manifest.rows} sheets`)
  for (const comparison of comparisons) console.log(line(comparison))
  console.log(`dataset ${bundle.manifest.hash.slice(0, 12)} and report: ${out}`)
}

const coverageRun = async ({ trials, seed }: Asked) => {
  const { calibration } = await settingOf()
  const told = (done: number) => process.stderr.write(`\rtrial ${done} of ${trials}${done === trials ? '\n' : ''}`)
  const found = coverage(calibration, { trials, firstSeed: seed, ...(process.stderr.isTTY ? { told } : {}) })
  for (const words of coverageLines(found)) console.log(words)
  if (trials < enoughTrials) return console.log(`README.md keeps figures of ${enoughTrials} trials or more`)
  const readme = new URL('./README.md', import.meta.url)
  await writeFile(readme, withBlock(await readFile(readme, 'utf8'), 'coverage', coverageTable(found)))
  console.log('written into studies/pingjiang/README.md')
  if (!isAsItShould(found)) process.exitCode = 1
}

try {
  const options = asked()
  if (options.help) console.log(usage)
  else {
    console.log('模拟研究·非真实数据   Simulated study, not real data')
    await (options.isCoverage ? coverageRun : studyRun)(options)
  }
} catch (error) {
  console.error(error instanceof Error ? error.message.split('\n')[0] : error)
  process.exitCode = 1
}
