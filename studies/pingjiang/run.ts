/** npm run study pingjiang -- [--seed <n>] [--out <folder>]: simulates the trial, writes dataset and report. Simulated study, not real data. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { renderReport } from '@tongxing/analysis'
import { type Comparison, comparisonsOf } from './comparison.ts'
import { instrumentsOf, readProtocol, simulatedStudy } from './study.ts'

const usage = `npm run study pingjiang -- [--seed <n>] [--out <folder>]

  --seed <n>       whole number from 0 to 4294967295, 2026 unless one is given; the same seed gives the same bytes
  --out <folder>   where dataset and report are written, studies/pingjiang/out unless one is given`

const asked = () => {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      seed: { type: 'string', default: '2026' },
      out: { type: 'string', default: fileURLToPath(new URL('./out/', import.meta.url)) },
    },
  })
  const seed = Number(values.seed)
  if (!/^\d+$/.test(values.seed) || seed > 0xffffffff) throw new Error(`--seed is a whole number from 0 to 4294967295, not ${values.seed}`)
  return { help: values.help, seed, out: resolve(values.out) }
}

const line = ({ scale, trueEffect, found }: Comparison) => {
  const truth = `${scale.padEnd(12)} true ${trueEffect.toFixed(2).padStart(5)}`
  if (found.kind === 'not-estimable') return `${truth}   not estimable: ${found.reason}`
  const { estimate, lower, upper, covers } = found
  return `${truth}   found ${estimate.toFixed(2).padStart(5)} [${lower.toFixed(2)}, ${upper.toFixed(2)}]   ${covers ? 'covers the truth' : 'misses the truth'}`
}

const run = async (seed: number, out: string) => {
  const protocol = await readProtocol()
  const { bundle, report, truths } = simulatedStudy(protocol, await instrumentsOf(protocol))(seed)
  const comparisons = comparisonsOf(report, truths)
  const notice = protocol.notice
  const files = {
    ...Object.fromEntries(Object.entries(bundle.files).map(([name, text]) => [join('simulated-dataset', name), text])),
    'report.json': `${JSON.stringify(report, null, 2)}\n`,
    'report.zh-CN.html': await renderReport(report, { language: 'zh-CN' }),
    'report.en.html': await renderReport(report, { language: 'en' }),
    'truth.json': `${JSON.stringify({ notice, seed, comparisons }, null, 2)}\n`,
  }
  await mkdir(join(out, 'simulated-dataset'), { recursive: true })
  for (const [name, text] of Object.entries(files)) await writeFile(join(out, name), text)
  console.log('模拟研究·非真实数据   Simulated study, not real data')
  console.log(`seed ${seed}: ${bundle.manifest.schools} schools, ${bundle.manifest.participants} pupils, ${bundle.manifest.rows} sheets`)
  for (const comparison of comparisons) console.log(line(comparison))
  console.log(`dataset ${bundle.manifest.hash.slice(0, 12)} and report: ${out}`)
}

try {
  const { help, seed, out } = asked()
  if (help) console.log(usage)
  else await run(seed, out)
} catch (error) {
  console.error(error instanceof Error ? error.message.split('\n')[0] : error)
  process.exitCode = 1
}
