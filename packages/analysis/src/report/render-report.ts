import { changeByArm } from '../plots/change-by-arm.ts'
import { effectForest } from '../plots/effect-forest.ts'
import { renderSvg } from '../plots/render-svg.ts'
import type { Language, PlotSpec } from '../plots/theme.ts'
import { html, type Markup } from './html.ts'
import type { EffectReport } from './record.ts'
import { answers, bannerOf, notes, provenance, results } from './sections.ts'
import { styleFor } from './style.ts'
import { outcomesOf, type Page } from './tables.ts'
import { wordsIn } from './words.ts'

const drawn = async (spec: PlotSpec): Promise<Markup> => ({ markup: await renderSvg(spec) })

const figures = async ({ report, language, words }: Page): Promise<Markup> => {
  const { level } = report.design
  const hasChange = report.primary.change.some(({ baseline }) => baseline.mean !== null)
  const hasForest = outcomesOf(report).some(({ contrasts }) => contrasts.some(({ standardised }) => standardised.kind === 'estimated'))
  const change = hasChange
    ? html`<div role="img" aria-label="${words.changeFigure(report.primary.label[language])}">${await drawn(changeByArm(report, report.primary, language))}</div><figcaption>${words.changeCaption(level)}</figcaption>`
    : html`<p>${words.noChange}</p>`
  const forest = hasForest
    ? html`<div role="img" aria-label="${words.forestFigure}">${await drawn(effectForest(report, language))}</div><figcaption>${words.forestCaption(level)}</figcaption>`
    : html`<p>${words.noForest}</p>`
  return html`<section><h2>${words.figures}</h2><div class="plots"><figure><h3>${words.changeFigure(report.primary.label[language])}</h3>${change}</figure><figure><h3>${words.forestFigure}</h3>${forest}</figure></div></section>`
}

/**
 * The report as one self-contained HTML page: inline style, inline SVG, no script, nothing from elsewhere; prints on A4 with the simulated notice on every page.
 * Not the record: keep report.json, which holds every digit.
 * @param report from effectReport; @param options language of all texts. @returns the page; everything from the data is escaped. Throws only when a plot cannot be drawn.
 * Example: await renderReport(report, { language: 'zh-CN' })
 */
export const renderReport = async (report: EffectReport, { language }: { readonly language: Language }): Promise<string> => {
  const words = wordsIn(language)
  const page: Page = { report, language, words }
  const banner = bannerOf(report, words, language)
  const title = `${report.study.title[language]} · ${words.report}${banner ? ` · ${banner}` : ''}`
  const { dataset } = report
  const body = html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${{ markup: styleFor(language) }}</style></head>
<body><div class="sheet">${banner ? html`<div class="head"><div class="strip"><div class="banner">${banner}</div></div></div>` : null}<main>
<header><p class="kicker">${words.report}</p><h1>${report.study.title[language]}</h1><p class="quiet">${words.size(dataset.rows, dataset.participants, dataset.schools)}${words.comma}${report.generatedOn}</p></header>
${answers(page)}
${notes(page)}
${await figures(page)}
${results(page)}
${provenance(page)}
<footer>${words.footer} ${report.codeVersion}${words.comma}${report.generatedOn}</footer>
</main></div></body></html>
`
  return body.markup
}
