// What every chapter writes with: the record in one language, names, and numbers as they are printed.
import type { Bilingual } from '@tongxing/instruments'
import type { PlotArm } from '../plots/figure.ts'
import { decimal, intervalWords } from '../plots/number-words.ts'
import type { Language } from '../plots/theme.ts'
import type { Estimate, Interval, NotEstimable } from '../result.ts'
import { type Block, quiet } from './block.ts'
import type { Standing } from './context.ts'
import type { EffectReport, Outcome } from './record.ts'
import { type Words, wordsIn } from './words.ts'

export type Page = { readonly report: EffectReport; readonly language: Language; readonly words: Words }

export const pageOf = (report: EffectReport, language: Language): Page => ({ report, language, words: wordsIn(language) })

const nameIn = (page: Page, named: readonly { readonly id: string; readonly label: Bilingual }[], id: string): string =>
  named.find((one) => one.id === id)?.label[page.language] ?? id
export const armName = (page: Page, arm: string): string => nameIn(page, page.report.arms, arm)
export const waveName = (page: Page, wave: string): string => nameIn(page, page.report.waves, wave)
export const outcomesOf = ({ primary, secondary }: EffectReport): readonly Outcome[] => [primary, ...secondary]
export const plotArms = ({ report, language }: Page): readonly PlotArm[] =>
  report.arms.map(({ id, label, control }) => ({ id, label: label[language], control }))

export const pValue = (p: number): string => (p < 0.001 ? '<0.001' : p.toFixed(3))
export const pWords = (p: number): string => (p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`)
export const degrees = (df: number): string => (Number.isFinite(df) ? decimal(df, df < 100 ? 1 : 0) : '∞')
export const orDash = (value: number | null | undefined, digits = 2): string =>
  value === null || value === undefined ? '–' : decimal(value, digits)
export const percentage = (share: number, digits = 1): string => `${decimal(100 * share, digits)}%`
export const limits = ({ words }: Page, interval: Pick<Interval, 'lower' | 'upper'>, digits = 2): string =>
  intervalWords(interval, words.to, digits)
export const withLimits = (
  page: Page,
  { estimate, interval }: { readonly estimate: number; readonly interval: Interval },
  digits = 2,
): string => `${decimal(estimate, digits)} (${limits(page, interval, digits)})`

export const refusal = ({ words }: Page, { reason }: NotEstimable): string => words.joint(words.notEstimable, words.reasons[reason])

/** Difference, interval, df, p: or why there is none. */
export const studentCells = (page: Page, result: Estimate | NotEstimable): readonly string[] | { readonly says: string } =>
  'kind' in result && result.kind === 'not-estimable'
    ? { says: refusal(page, result) }
    : [
        decimal((result as Estimate).estimate),
        limits(page, (result as Estimate).interval),
        degrees((result as Estimate).df),
        pValue((result as Estimate).p),
      ]

/** Where there are more programme arms than one: which of them a section is about. */
export const firstPair = (page: Page): readonly Block[] => {
  const { contrasts } = page.report.primary
  const { arm, against } = contrasts[0]!
  return contrasts.length < 2 ? [] : [quiet(page.words.firstPair(armName(page, arm), armName(page, against)))]
}

/** The mark of what the plan does not name; nothing for what it does. */
export const standingWords = ({ words }: Page, standing: Standing): { readonly standing?: string } =>
  standing === 'exploratory' ? { standing: words.standing.exploratory } : {}
