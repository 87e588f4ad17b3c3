import { readFileSync } from 'node:fs'
import { readDataset } from '@tongxing/analysis'
import { expect, test, vi } from 'vitest'
import { comparisonsOf } from './comparison.ts'
import { withBlock } from './marked-block.ts'
import { goldenNumbers } from './numbers.ts'
import { planTable } from './plan-words.ts'
import { instrumentsOf, settingOf, simulatedBundle, simulatedStudy } from './study.ts'
import { truthsAt } from './truth.ts'

vi.setConfig({ testTimeout: 300_000 }) // a busy machine is no failure

const setting = await settingOf()
const { protocol, plan } = setting
const written = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')

test('the report at the golden seed is unchanged; npm run golden renews it', async () => {
  expect(await goldenNumbers()).toBe(written('./report.golden.json'))
})

test('the plan speaks of the outcomes of the protocol, was frozen before the data, and plan.md says the same', () => {
  expect(plan.plan.study).toBe(protocol.id)
  expect([plan.plan.primary, plan.plan.secondary]).toEqual([protocol.primary, protocol.secondary])
  const { manifest } = simulatedBundle(setting)(1)
  expect(plan.plan.frozenOn < manifest.createdOn).toBe(true)
  expect(withBlock(written('./plan.md'), 'plan', planTable(plan))).toBe(written('./plan.md'))
})

test('equal seeds give equal bytes, another seed another dataset', () => {
  const bundleOf = simulatedBundle(setting)
  const [first, again, other] = [5, 5, 6].map(bundleOf)
  expect(again).toEqual(first)
  expect(other!.manifest.hash).not.toBe(first!.manifest.hash)
  const [usual, variant] = [simulatedBundle(setting)(5), simulatedBundle(setting, { lostNotAtRandom: true })(5)]
  expect([usual.manifest.id, variant.manifest.id]).toEqual(['simulated-rural-schools-5', 'simulated-rural-schools-5-not-at-random'])
})

test('the dataset can be read, holds every column that the README names, and says that it is simulated', () => {
  const { files, manifest } = simulatedBundle(setting)(7)
  const { rows } = readDataset({ manifest: files['manifest.json'], data: files['data.csv'], codebook: files['codebook.json'] })
  expect([manifest.simulated, manifest.schools]).toEqual([true, 24])
  const readme = written('./README.md')
  for (const name of Object.keys(rows[0]!)) {
    const documented = name.replace(/_(\d+)$/, '_n')
    expect(readme, name).toContain(`\`${documented}\``)
  }
})

test('each true effect stands beside its estimate at the wave of the plan', () => {
  const { report, truths } = simulatedStudy(setting)(7)
  const compared = comparisonsOf(report, truths)
  expect(compared.map(({ scale, trueEffect }) => [scale, trueEffect])).toEqual(
    truthsAt('post', setting.calibration).map(({ scale, trueEffect }) => [scale, trueEffect]),
  )
  for (const { found } of compared) expect(found.kind).toBe('estimated')
  expect(() => comparisonsOf(report, [])).toThrow('comparisonsOf knows no true effect on phq9_total')
})

test('a battery that the library does not hold, or that may not be shown without a permission, is refused by name', async () => {
  const given = (instrument: string, version: string) =>
    instrumentsOf({ ...protocol, waves: [{ ...protocol.waves[0]!, battery: [{ instrument, version }] }] })
  await expect(given('phq-9', '0.0.1')).rejects.toThrow('protocol.json: the library has no phq-9 0.0.1')
  await expect(given('mht', '1.0.0')).rejects.toThrow(/^protocol.json: mht 1.0.0 may not be shown for research: /)
})
