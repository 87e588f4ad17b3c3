// Blocks as HTML.
import { armStyles } from '../plots/arm-style.ts'
import type { Figure } from '../plots/figure.ts'
import { renderSvg } from '../plots/render-svg.ts'
import type { Block, Chapter, Row, Table } from './block.ts'
import { html, type Markup } from './html.ts'
import { type Page, plotArms } from './page.ts'

const linesOf = (text: string): readonly Markup[] =>
  text.split('\n').map((line, place) => (place === 0 ? html`${line}` : html`<br>${line}`))

const keyOf = (page: Page, arm: string | undefined): Markup | null => {
  const style = arm === undefined ? undefined : armStyles(plotArms(page)).get(arm)
  if (!style) return null
  return html`<i class="key" style="border-color:${style.colour};background:${style.filled ? style.colour : '#fff'}"></i>`
}

const rowMarkup = (page: Page, { head, cells, kind, arm }: Row, columns: number): Markup =>
  html`<tr class="${kind ?? ''}"><th scope="row">${keyOf(page, arm)}${head}</th>${
    'says' in cells ? html`<td class="words" colspan="${columns - 1}">${cells.says}</td>` : cells.map((cell) => html`<td>${cell}</td>`)
  }</tr>`

const tableMarkup = (page: Page, { columns, rows }: Table): Markup =>
  html`<div class="table"><table class="${rows.length <= 14 ? 'short' : ''}"><thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead><tbody>${rows.map((row) => rowMarkup(page, row, columns.length))}</tbody></table></div>`

const dataTable = (page: Page, { table }: Figure): Markup | null => {
  if (table.rows.length === 0) return null
  const rows = table.rows.map(([head = '', ...cells]): Row => ({ head, cells }))
  return html`<details><summary>${page.words.dataTable}</summary>${tableMarkup(page, { columns: table.header, rows })}</details>`
}

const figureMarkup = async (page: Page, figure: Figure): Promise<Markup> => {
  if (!figure.spec) return html`<p class="quiet">${figure.empty}</p>`
  const svg: Markup = { markup: await renderSvg(figure.spec, figure.title) }
  const notes = figure.notes.length > 0 ? html`<figcaption>${figure.notes.map((note) => html`<p>${note}</p>`)}</figcaption>` : null
  return html`<figure><h4>${figure.title}</h4><div class="picture">${svg}</div>${notes}${dataTable(page, figure)}</figure>`
}

const facts = (pairs: readonly (readonly [string, string])[], kind: string): Markup =>
  html`<dl class="${kind}">${pairs.map(([term, fact]) => html`<div><dt>${term}</dt><dd>${linesOf(fact)}</dd></div>`)}</dl>`

const answerMarkup = (block: Extract<Block, { kind: 'answer' }>): Markup => html`
<section class="answer"><h2>${block.question}</h2><p>${block.compared}</p>
<p class="figure">${block.value}${block.value ? ' ' : ''}<small>${block.interval}</small></p>
${block.sentences.map((sentence, place) => html`<p class="${place > 0 ? 'quiet' : ''}">${sentence}</p>`)}
${block.facts.length > 0 ? facts(block.facts, 'facts') : null}</section>`

export const blockMarkup = async (page: Page, block: Block): Promise<Markup> => {
  switch (block.kind) {
    case 'heading':
      return html`<h3>${block.text}</h3>`
    case 'text':
      return html`<p class="${block.tone ?? ''}">${block.text}</p>`
    case 'list':
      return block.ordered
        ? html`<ol class="sources">${block.items.map((item) => html`<li>${item}</li>`)}</ol>`
        : html`<ul class="notes">${block.items.map((item) => html`<li>${item}</li>`)}</ul>`
    case 'table':
      return tableMarkup(page, block.table)
    case 'figure':
      return figureMarkup(page, block.figure)
    case 'facts':
      return facts(block.facts, 'trace')
    case 'answer':
      return answerMarkup(block)
  }
}

export const chapterMarkup = async (page: Page, { id, title, standing, blocks }: Chapter): Promise<Markup> => {
  const parts: Markup[] = []
  for (const block of blocks) parts.push(await blockMarkup(page, block))
  const mark = standing ? html` <span class="mark">${standing}</span>` : null
  return html`<section id="${id}"><h2>${title}${mark}</h2>${parts}</section>`
}
