/** The smallest study that runs: one instrument, two arms, eight schools. README.md walks through it. Simulated, not real data. */
import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { effectReport, readDataset, renderMarkdown, renderReport } from '@tongxing/analysis'
import { bundleDataset, type DatasetSheet, protocolSchema, scoreAnswers, seededRandom, simulateAnswers } from '@tongxing/instruments'
import { loadLibrary } from '@tongxing/instruments/library'

const here = (name: string) => new URL(name, import.meta.url)

const protocol = protocolSchema.parse(JSON.parse(await readFile(here('protocol.json'), 'utf8')))
const phq9 = (await loadLibrary()).list().find(({ definition }) => definition.id === 'phq-9' && definition.version === '1.0.0')!

const random = seededRandom(2026)
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

const sheets: DatasetSheet[] = []
for (let school = 1; school <= 8; school += 1) {
  const arm = school % 2 === 0 ? 'programme' : 'control'
  const schoolDistress = 0.15 * normal()
  for (let pupil = 1; pupil <= 40; pupil += 1) {
    const pupilDistress = 0.8 * normal()
    for (const wave of ['baseline', 'post']) {
      const helped = arm === 'programme' && wave === 'post' ? 0.3 : 0
      const answers = simulateAnswers(phq9.definition, { latent: schoolDistress + pupilDistress + 0.6 * normal() - helped, random })
      sheets.push({
        id: `sim-${school}-${pupil}`,
        school: `sim-${school}`,
        class: `sim-${school}-1`,
        arm,
        wave,
        week: 0,
        age: 13,
        sex: pupil % 2 === 0 ? 'female' : 'male',
        leftBehind: null,
        instruments: [{ instrument: 'phq-9', version: '1.0.0', answers, scores: scoreAnswers(phq9.definition, answers) }],
      })
    }
  }
}

const { files } = bundleDataset({
  id: 'minimal',
  protocol,
  released: [phq9],
  sheets,
  createdOn: '2026-09-01',
  codeVersion: '0.1.0',
  deidentification: [{ 'zh-CN': '模拟数据：没有任何一行对应真实的人', en: 'simulated: no person stands behind any row' }],
  sha256: (text) => createHash('sha256').update(text).digest('hex'),
})

const dataset = readDataset({ manifest: files['manifest.json'], data: files['data.csv'], codebook: files['codebook.json'] })
const report = effectReport(dataset, { codeVersion: '0.1.0', generatedOn: '2026-09-01' })

await mkdir(here('out/'), { recursive: true })
for (const [name, text] of Object.entries(files)) await writeFile(here(`out/${name}`), text)
await writeFile(here('out/report.json'), `${JSON.stringify(report, null, 2)}\n`)
await writeFile(here('out/report.zh-CN.html'), await renderReport(report, { language: 'zh-CN' }))
await writeFile(here('out/report.en.html'), await renderReport(report, { language: 'en' }))
const { text, pictures } = await renderMarkdown(report, { language: 'en' })
await mkdir(here('out/pictures.en/'), { recursive: true })
await writeFile(here('out/report.en.md'), text)
for (const [name, svg] of pictures) await writeFile(here(`out/${name}`), svg)

const { effect } = report.primary
if (effect.kind === 'not-estimable') throw new Error(`the effect cannot be estimated: ${effect.reason}`)
const { lower, upper } = effect.interval
console.log('Simulated study, not real data. 模拟研究·非真实数据')
console.log(`phq9_total, programme against control: ${effect.estimate.toFixed(2)} points [${lower.toFixed(2)}, ${upper.toFixed(2)}]`)
console.log('dataset and report: studies/minimal/out')
