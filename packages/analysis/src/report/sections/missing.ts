/** What is missing: complete pairs of scores by arm, and which scores are missing together. */
import type { Bilingual } from '@tongxing/instruments'
import { incompleteNumbers } from '../../missing/incomplete-column.ts'
import { type MissingPatterns, missingPatterns } from '../../missing/patterns.ts'
import { type Block, type Chapter, heading, quiet, type Row, table } from '../block.ts'
import type { Context } from '../context.ts'
import { armName, outcomesOf, type Page, percentage, waveName } from '../page.ts'

export type MissingPart = {
  /** columns are named scale:baseline and scale:post */
  readonly patterns: MissingPatterns
  readonly labels: Readonly<Record<string, Bilingual>>
}

export const missingPart = (context: Context): MissingPart => {
  const { plan, dataset, arms } = context
  const scales = [plan.primary.scale, ...plan.secondary.map(({ scale }) => scale)]
  const columns = scales.flatMap((scale) => {
    const own = context.pupils(scale).filter(({ arm }) => arms.includes(arm))
    const [before, after] = [own.map(({ baseline }) => baseline), own.map(({ post }) => post)]
    return [incompleteNumbers(`${scale}:baseline`, before), incompleteNumbers(`${scale}:post`, after)]
  })
  return {
    patterns: missingPatterns(columns),
    labels: Object.fromEntries(
      dataset.codebook.columns.filter(({ kind }) => kind === 'scale' || kind === 'design').map(({ name, label }) => [name, label]),
    ),
  }
}

const words = {
  'zh-CN': {
    title: '缺失数据',
    note: '主要分析只用两轮都有得分的学生（完整数据）。缺失是否“随机”，从数据里看不出来；换一种处理方法结论会不会变，见下一节。',
    pairs: '两轮得分的完整性',
    patterns: '缺失的样式',
    complete: '全部都有',
    pattern: '缺失的得分',
    more: (count: number) => `其余 ${count} 种样式每种人数更少，见 report.json。`,
    hidden: (minimum: number) => `不足 ${minimum} 人的样式不单独列出。`,
  },
  en: {
    title: 'Missing data',
    note: 'The primary analysis takes pupils with both scores (complete cases). Whether values are missing at random cannot be seen in the data; whether the answer changes when they are handled otherwise is in the next section.',
    pairs: 'Complete pairs of scores',
    patterns: 'Patterns of what is missing',
    complete: 'nothing missing',
    pattern: 'scores missing',
    more: (count: number) => `${count} more patterns of fewer pupils each stand in report.json.`,
    hidden: (minimum: number) => `Patterns of fewer than ${minimum} pupils are not shown one by one.`,
  },
}

const pairsTable = (page: Page): Block => {
  const { columns } = page.words
  return table(
    [columns.outcome, columns.arm, columns.pupils, columns.both, columns.baselineOnly, columns.postOnly, columns.neither],
    outcomesOf(page.report).flatMap(({ label, missing }) =>
      missing.map((row, place) => ({
        head: place === 0 ? label[page.language] : '',
        cells: [armName(page, row.arm), ...[row.participants, row.both, row.baselineOnly, row.postOnly, row.neither].map(String)],
      })),
    ),
  )
}

const patternBlocks = (page: Page): readonly Block[] => {
  const said = words[page.language]
  const { patterns, labels } = page.report.missingData
  const { minimumCell, baselineWave, postWave } = page.report.design
  const name = (key: string) => {
    const [scale = '', when] = key.split(':')
    return `${labels[scale]?.[page.language] ?? scale} (${waveName(page, when === 'post' ? postWave : baselineWave)})`
  }
  const shown = patterns.patterns.filter(({ rows }) => rows >= minimumCell).slice(0, 8)
  const rows = shown.map(
    ({ missing, rows: count, share }): Row => ({
      head: missing.length === 0 ? said.complete : missing.map(name).join(page.words.comma),
      cells: [String(count), percentage(share)],
    }),
  )
  const rest = patterns.patterns.length - shown.length
  return [
    heading(said.patterns),
    table([said.pattern, page.words.columns.pupils, '%'], rows),
    ...(patterns.patterns.some(({ rows: count }) => count < minimumCell) ? [quiet(said.hidden(minimumCell))] : []),
    ...(rest > 0 ? [quiet(said.more(rest))] : []),
  ]
}

export const missingChapter = (page: Page): Chapter => {
  const said = words[page.language]
  return {
    id: 'missing',
    title: said.title,
    blocks: [quiet(said.note), heading(said.pairs), pairsTable(page), ...patternBlocks(page)],
  }
}
