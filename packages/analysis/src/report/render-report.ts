import type { Language } from '../plots/theme.ts'
import { bannerOf, chaptersOf, footerOf } from './chapters.ts'
import { html, type Markup } from './html.ts'
import { blockMarkup, chapterMarkup } from './html-blocks.ts'
import { pageOf } from './page.ts'
import type { EffectReport } from './record.ts'
import { answers } from './sections/answer.ts'
import { styleFor } from './style.ts'

/**
 * The report as one self-contained HTML page: inline style, inline SVG, no script, nothing from elsewhere; prints on A4 with the simulated notice on every page.
 * Not the record: keep report.json, which holds every digit.
 * @param report from effectReport; @param options language of all texts. @returns the page; everything from the data is escaped. Throws only when a plot cannot be drawn.
 * Example: await renderReport(report, { language: 'zh-CN' })
 */
export const renderReport = async (report: EffectReport, { language }: { readonly language: Language }): Promise<string> => {
  const page = pageOf(report, language)
  const { words } = page
  const banner = bannerOf(page)
  const title = `${report.study.title[language]} · ${words.report}${banner ? ` · ${banner}` : ''}`
  const { dataset } = report
  const chapters = chaptersOf(page)
  const parts: Markup[] = []
  for (const block of answers(page)) parts.push(await blockMarkup(page, block))
  parts.push(
    html`<nav><h2>${words.contents}</h2><ol>${chapters.map(({ id, title: name }) => html`<li><a href="#${id}">${name}</a></li>`)}</ol></nav>`,
  )
  for (const chapter of chapters) parts.push(await chapterMarkup(page, chapter))
  const body = html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${{ markup: styleFor(language) }}</style></head>
<body><div class="sheet">${banner ? html`<div class="head"><div class="strip"><div class="banner">${banner}</div></div></div>` : null}<main>
<header><p class="kicker">${words.report}</p><h1>${report.study.title[language]}</h1><p class="quiet">${words.size(dataset.rows, dataset.participants, dataset.schools)}${words.comma}${report.generatedOn}</p></header>
${parts}
<footer>${footerOf(page)}</footer>
</main></div></body></html>
`
  return body.markup
}
