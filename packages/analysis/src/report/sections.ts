import { decimal, intervalWords } from '../plots/number-words.ts'
import { html, type Markup } from './html.ts'
import type { AdjustedEffect, Contrast, EffectReport, Outcome } from './record.ts'
import {
  armName,
  betweenTable,
  degrees,
  flowTable,
  missingTable,
  naiveTable,
  outcomesOf,
  type Page,
  pValue,
  refusalWords,
  reliabilityTable,
  scoresTable,
  withinTable,
} from './tables.ts'

const verdictOf = (effect: AdjustedEffect, direction: Outcome['direction']): 'better' | 'worse' | 'open' => {
  const { lower, upper } = effect.interval
  if (lower <= 0 && upper >= 0) return 'open'
  return upper < 0 === (direction === 'higher-is-worse') ? 'better' : 'worse'
}

const factsOf = ({ words }: Page, effect: AdjustedEffect, { standardised }: Contrast): readonly (readonly [string, string])[] => [
  ...(standardised.kind === 'estimated'
    ? [
        [
          `${words.facts.standardised} (${words.standardisedBy})`,
          `${decimal(standardised.estimate)} (${intervalWords(standardised.interval, words.to)})`,
        ] as const,
      ]
    : []),
  [
    words.facts.statistic,
    `t(${degrees(effect.df)}) = ${decimal(effect.statistic)}, p ${effect.p < 0.001 ? pValue(effect.p).replace('<', '< ') : `= ${pValue(effect.p)}`}`,
  ],
  [words.facts.pupils, String(effect.n)],
  [words.facts.schools, String(effect.schools)],
  [words.facts.icc, decimal(effect.intraclassCorrelation, 3)],
]

const numbers = (page: Page, effect: AdjustedEffect, contrast: Contrast, direction: Outcome['direction']): Markup => html`
<p class="figure">${decimal(effect.estimate)} <small>${page.words.points}${page.words.comma}${page.words.interval(effect.interval.level)} ${intervalWords(effect.interval, page.words.to)}</small></p>
<p>${page.words.verdict[verdictOf(effect, direction)]}</p><p class="quiet">${page.words.direction[direction]}</p>
<dl class="facts">${factsOf(page, effect, contrast).map(([term, fact]) => html`<div><dt>${term}</dt><dd>${fact}</dd></div>`)}</dl>`

const answer = (page: Page, contrast: Contrast): Markup => {
  const { report, words, language } = page
  const wave = report.waves.find(({ id }) => id === report.design.postWave)?.label[language] ?? report.design.postWave
  return html`<section class="answer"><h2>${words.question(report.primary.label[language])}</h2><p>${words.compared(armName(page, contrast.arm), armName(page, contrast.against), wave)}</p>${
    contrast.effect.kind === 'estimated'
      ? numbers(page, contrast.effect, contrast, report.primary.direction)
      : html`<p class="figure"><small>${refusalWords(page, contrast.effect)}</small></p>`
  }</section>`
}

/** The answer to the study's question, an arm at a time. */
export const answers = (page: Page): readonly Markup[] => page.report.primary.contrasts.map((contrast) => answer(page, contrast))

export const notes = ({ report, words }: Page): Markup => {
  const strong = [
    ...(report.simulated ? [words.simulatedNote] : []),
    ...[...report.warnings, ...report.primary.warnings].map((warning) => words.warnings[warning]),
  ]
  return html`<section><h2>${words.reading}</h2><ul class="notes">${strong.map((text) => html`<li class="strong">${text}</li>`)}${words.always.map((text) => html`<li>${text}</li>`)}</ul></section>`
}

const perOutcome = (page: Page, table: (page: Page, outcome: Outcome) => Markup): readonly Markup[] =>
  outcomesOf(page.report).map((outcome) => html`<h3>${outcome.label[page.language]}</h3>${table(page, outcome)}`)

export const results = (page: Page): Markup => {
  const { words } = page
  return html`
<section><h2>${words.between}</h2><p class="quiet">${words.betweenNote}</p>${betweenTable(page)}</section>
<section><h3>${words.naive}</h3><p class="quiet">${words.naiveNote}</p>${naiveTable(page)}</section>
<section><h2>${words.within}</h2><p class="quiet">${words.withinNote}</p>${perOutcome(page, withinTable)}</section>
<section><h2>${words.scores}</h2>${perOutcome(page, scoresTable)}</section>
<section><h2>${words.flow}</h2><p class="quiet">${words.flowNote}</p>${flowTable(page)}</section>
<section><h2>${words.missing}</h2><p class="quiet">${words.missingNote}</p>${missingTable(page)}</section>
<section><h2>${words.reliability}</h2><p class="quiet">${words.reliabilityNote}</p>${reliabilityTable(page)}</section>`
}

const traced = ({ report, words, language }: Page): readonly (readonly [string, string | Markup])[] => {
  const { dataset } = report
  return [
    [words.dataset, `${dataset.title[language]} (${dataset.id})`],
    [words.hash, html`<code>${dataset.hash}</code>`],
    [words.rows, words.size(dataset.rows, dataset.participants, dataset.schools)],
    [words.exportedOn, dataset.createdOn],
    [words.exportedBy, dataset.codeVersion],
    [
      words.instruments,
      html`${report.instruments.map(({ id, version, hash }) => html`${id} ${version} <code>${hash.slice(0, 16)}…</code><br>`)}`,
    ],
    [words.deidentified, html`${dataset.deidentification.map((step) => html`${step[language]}<br>`)}`],
    [words.generatedOn, report.generatedOn],
    [words.code, report.codeVersion],
  ]
}

export const provenance = (page: Page): Markup => {
  const { report, words, language } = page
  return html`
<section><h2>${words.methods}</h2><ol class="sources">${report.methods.map(({ name, reference, doi }) => html`<li>${name[language]}<br><span class="quiet">${reference}${doi ? ` doi:${doi}` : ''}</span></li>`)}</ol></section>
<section><h2>${words.trace}</h2><p class="quiet">${words.traceNote}</p><dl class="trace">${traced(page).map(([term, fact]) => html`<dt>${term}</dt><dd>${fact}</dd>`)}</dl></section>`
}

export const bannerOf = (report: EffectReport, words: Page['words'], language: Page['language']): string | null =>
  report.simulated ? (report.notice?.[language] ?? words.simulated) : null
