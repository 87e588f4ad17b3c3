/** How a sheet was answered, as columns of a dataset: of each instrument the indices, never the times themselves. */
import type { CodebookColumn } from './codebook.ts'
import type { Definition } from './definition.ts'
import { fastSeconds, hasTellingRuns, type SheetQuality } from './sheet-quality.ts'

type Index = {
  readonly of: 'seconds' | 'fast' | 'long_string' | 'variability'
  readonly type: 'integer' | 'number'
  readonly label: { readonly 'zh-CN': string; readonly en: string }
  readonly value: (quality: SheetQuality) => number | null
  readonly missing: string
}

const rounded = (value: number | null, decimals: number) => (value === null ? null : Number(value.toFixed(decimals)))
const onPaper = 'empty for a sheet from paper, and where the device told no time'

const times: readonly Index[] = [
  {
    of: 'seconds',
    type: 'number',
    label: { 'zh-CN': '每题作答秒数的中位数', en: 'median seconds an answered item' },
    value: ({ secondsPerItem }) => rounded(secondsPerItem, 1),
    missing: onPaper,
  },
  {
    of: 'fast',
    type: 'number',
    label: { 'zh-CN': `不足 ${fastSeconds} 秒的题所占比例`, en: `share of the answered items in less than ${fastSeconds} s` },
    value: ({ fastShare }) => rounded(fastShare, 2),
    missing: onPaper,
  },
]
const runs: readonly Index[] = [
  {
    of: 'long_string',
    type: 'integer',
    label: { 'zh-CN': '最长连续相同作答（题数）', en: 'longest run of one answer (items)' },
    value: ({ longString }) => longString,
    missing: 'empty for a sheet from paper',
  },
  {
    of: 'variability',
    type: 'number',
    label: { 'zh-CN': '作答的标准差', en: 'standard deviation of the answers' },
    value: ({ variability }) => rounded(variability, 3),
    missing: 'empty for a sheet from paper, and below two answers',
  },
]

/** Where the form's runs say nothing they have no column. */
const indicesOf = (definition: Definition): readonly Index[] => (hasTellingRuns(definition) ? [...times, ...runs] : times)

export const qualityColumns = (definition: Definition, prefix: string): readonly CodebookColumn[] =>
  indicesOf(definition).map(({ of, type, label, missing }) => ({
    name: `${prefix}_${of}`,
    kind: 'quality',
    label: { 'zh-CN': `${definition.acronym} ${label['zh-CN']}`, en: `${definition.acronym} ${label.en}` },
    type,
    instrument: definition.id,
    missing,
  }))

export const qualityCells = (definition: Definition, quality: SheetQuality | null): readonly (number | null)[] =>
  indicesOf(definition).map(({ value }) => (quality === null ? null : value(quality)))
