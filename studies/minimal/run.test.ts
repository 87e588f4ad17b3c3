import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readDataset } from '@tongxing/analysis'
import { expect, test, vi } from 'vitest'
import { goldenNumbers } from './numbers.ts'

vi.setConfig({ testTimeout: 120_000 }) // a busy machine is no failure

const written = (name: string) => readFileSync(new URL(`./out/${name}`, import.meta.url), 'utf8')

test('the tutorial runs, prints the effect with its interval, and writes a dataset that can be read and a report in two languages', async () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(new URL('./run.ts', import.meta.url))], {
    encoding: 'utf8',
  })
  expect([status, stderr]).toEqual([0, ''])
  const [notice, effect] = stdout.split('\n')
  expect(notice).toContain('模拟研究·非真实数据')
  expect(effect).toMatch(/^phq9_total, programme against control: -?\d\.\d\d points \[-?\d\.\d\d, -?\d\.\d\d\]$/)
  const files = { manifest: written('manifest.json'), data: written('data.csv'), codebook: written('codebook.json') }
  expect(readDataset(files).rows).toHaveLength(8 * 40 * 2)
  expect(written('report.zh-CN.html')).toContain('模拟研究·非真实数据')
  expect(written('report.en.html')).toContain('Simulated study, not real data')
  expect(written('report.en.md')).toContain('> **Simulated study, not real data**')
  expect(await goldenNumbers()).toBe(readFileSync(new URL('./report.golden.json', import.meta.url), 'utf8'))
})
