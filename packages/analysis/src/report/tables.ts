import { colourOfArm } from '../plots/change-by-arm.ts'
import { decimal, intervalWords } from '../plots/number-words.ts'
import type { Language } from '../plots/theme.ts'
import type { NotEstimable } from '../result.ts'
import { html, type Markup } from './html.ts'
import type { Contrast, EffectReport, Outcome } from './record.ts'
import type { Words } from './words.ts'

export type Page = { readonly report: EffectReport; readonly language: Language; readonly words: Words }

export const pValue = (p: number): string => (p < 0.001 ? '<0.001' : p.toFixed(3))
export const degrees = (df: number): string => decimal(df, df < 100 ? 1 : 0)

export const armName = ({ report, language }: Page, arm: string): string => report.arms.find(({ id }) => id === arm)?.label[language] ?? arm
const waveName = ({ report, language }: Page, wave: string): string => report.waves.find(({ id }) => id === wave)?.label[language] ?? wave
export const outcomesOf = ({ primary, secondary }: EffectReport): readonly Outcome[] => [primary, ...secondary]

const armCell = (page: Page, arm: string): Markup =>
  html`<i class="key" style="background:${colourOfArm(page.report, arm)}"></i>${armName(page, arm)}`

type Row = {
  readonly head: string | Markup
  readonly cells: readonly string[] | { readonly says: string }
  readonly kind?: 'main' | 'aside'
}

const table = (heads: readonly (string | Markup)[], rows: readonly Row[]): Markup =>
  html`<div class="table"><table><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows.map(
    ({ head, cells, kind }) =>
      html`<tr class="${kind ?? ''}"><th scope="row">${head}</th>${'says' in cells ? html`<td class="words" colspan="${heads.length - 1}">${cells.says}</td>` : cells.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  )}</tbody></table></div>`

export const refusalWords = ({ words }: Page, { reason }: NotEstimable): string => words.joint(words.notEstimable, words.reasons[reason])
const orDash = (value: number | null, digits = 2) => (value === null ? '–' : decimal(value, digits))

const contrastRow = (page: Page, { label, contrasts }: Outcome, { arm, effect, standardised }: Contrast, kind?: 'main'): Row => {
  const { words, language } = page
  const name = contrasts.length > 1 ? words.joint(label[language], armName(page, arm)) : label[language]
  const shown = kind ? { kind } : {}
  if (effect.kind === 'not-estimable') return { head: name, cells: { says: refusalWords(page, effect) }, ...shown }
  const perDeviation =
    standardised.kind === 'estimated' ? `${decimal(standardised.estimate)} (${intervalWords(standardised.interval, words.to)})` : '–'
  return {
    head: name,
    cells: [
      decimal(effect.estimate),
      intervalWords(effect.interval, words.to),
      degrees(effect.df),
      pValue(effect.p),
      decimal(effect.intraclassCorrelation, 3),
      perDeviation,
    ],
    ...shown,
  }
}

export const betweenTable = (page: Page): Markup => {
  const { columns, interval } = page.words
  const rows = outcomesOf(page.report).flatMap((outcome, place) =>
    outcome.contrasts.map((contrast) => contrastRow(page, outcome, contrast, place === 0 ? 'main' : undefined)),
  )
  return table(
    [columns.outcome, columns.difference, interval(page.report.design.level), columns.df, columns.p, columns.icc, columns.standardised],
    rows,
  )
}

/** Shown once, for the primary outcome's first arm. */
export const naiveTable = (page: Page): Markup => {
  const { report, words } = page
  const { effect, naive } = report.primary.contrasts[0]!
  const said = (result: NotEstimable) => ({ says: refusalWords(page, result) })
  const student = (result: typeof effect | typeof naive.welch) =>
    result.kind === 'not-estimable'
      ? said(result)
      : [decimal(result.estimate), intervalWords(result.interval, words.to), degrees(result.df), pValue(result.p)]
  const { hedgesG } = naive
  return table(
    [words.columns.method, words.columns.difference, words.interval(report.design.level), words.columns.df, words.columns.p],
    [
      { head: words.adjusted, cells: student(effect), kind: 'main' },
      { head: words.welch, cells: student(naive.welch), kind: 'aside' },
      {
        head: words.hedges,
        cells:
          hedgesG.kind === 'not-estimable'
            ? said(hedgesG)
            : [decimal(hedgesG.estimate), intervalWords(hedgesG.interval, words.to), degrees(hedgesG.df), '–'],
        kind: 'aside',
      },
    ],
  )
}

export const withinTable = (page: Page, outcome: Outcome): Markup => {
  const { columns, interval, to } = page.words
  return table(
    [columns.arm, columns.n, columns.change, interval(page.report.design.level), columns.p, html`d<sub>z</sub>`],
    outcome.change.map(({ arm, result }) => ({
      head: armCell(page, arm),
      cells:
        result.kind === 'not-estimable'
          ? { says: refusalWords(page, result) }
          : [
              String(result.n),
              decimal(result.estimate),
              intervalWords(result.interval, to),
              pValue(result.p),
              `${decimal(result.dz.estimate)} (${intervalWords(result.dz.interval, to)})`,
            ],
    })),
  )
}

/** One line an arm: n, mean and standard deviation wave by wave. */
export const scoresTable = (page: Page, outcome: Outcome): Markup => {
  const { columns } = page.words
  const { waves, arms } = page.report
  return table(
    [columns.arm, ...waves.flatMap(({ id }) => [`${waveName(page, id)} ${columns.n}`, columns.mean, columns.sd])],
    arms.map(({ id }) => ({
      head: armCell(page, id),
      cells: outcome.scores
        .filter(({ arm }) => arm === id)
        .flatMap(({ n, mean, standardDeviation }) => [String(n), orDash(mean), orDash(standardDeviation)]),
    })),
  )
}

export const flowTable = (page: Page): Markup => {
  const { columns } = page.words
  const { waves, arms, flow } = page.report
  return table(
    [columns.arm, ...waves.flatMap(({ id }) => [`${waveName(page, id)} ${columns.schools}`, columns.pupils])],
    arms.map(({ id }) => ({
      head: armCell(page, id),
      cells: flow.filter(({ arm }) => arm === id).flatMap(({ schools, participants }) => [String(schools), String(participants)]),
    })),
  )
}

export const missingTable = (page: Page): Markup => {
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

export const reliabilityTable = (page: Page): Markup => {
  const { columns, interval, to } = page.words
  return table(
    [columns.outcome, columns.items, columns.n, columns.alpha, interval(page.report.design.level)],
    outcomesOf(page.report).map(({ label, reliability }) => ({
      head: label[page.language],
      cells:
        reliability.kind === 'not-estimable'
          ? { says: refusalWords(page, reliability) }
          : [
              String(reliability.items),
              String(reliability.n),
              decimal(reliability.estimate, 3),
              intervalWords(reliability.interval, to, 3),
            ],
    })),
  )
}
