import { renderSvg } from '../plots/render-svg.ts'
import type { Language } from '../plots/theme.ts'
import type { Block, Chapter, Row, Table } from './block.ts'
import { bannerOf, chaptersOf, footerOf } from './chapters.ts'
import { type Page, pageOf } from './page.ts'
import type { EffectReport } from './record.ts'
import { answers } from './sections/answer.ts'

/** The text, and the pictures that it names, by file name. */
export type MarkdownReport = { readonly text: string; readonly pictures: ReadonlyMap<string, string> }

/** Text of the data cannot become markup, nor break a table. */
const plain = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_[\]|#~]/g, '\\$&')
    .replace(/\s*\n\s*/g, ' · ')

const cellsOf = ({ head, cells, kind }: Row, columns: number): readonly string[] => {
  const own = 'says' in cells ? [cells.says, ...new Array<string>(Math.max(0, columns - 2)).fill('')] : cells
  const strong = (text: string) => (kind === 'main' && text !== '' ? `**${plain(text)}**` : plain(text))
  return [head, ...own].map(strong)
}

const tableText = ({ columns, rows }: Table): string => {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const rule = line(columns.map((_, place) => (place === 0 ? '---' : '---:')))
  return [line(columns.map(plain)), rule, ...rows.map((row) => line(cellsOf(row, columns.length)))].join('\n')
}

const facts = (pairs: readonly (readonly [string, string])[]) => pairs.map(([term, fact]) => `- ${plain(term)}: ${plain(fact)}`).join('\n')

const answerText = ({ question, compared, value, interval, sentences, facts: pairs }: Extract<Block, { kind: 'answer' }>) =>
  [
    `## ${plain(question)}`,
    plain(compared),
    `**${plain(value)}${value ? ' ' : ''}${plain(interval)}**`,
    ...sentences.map(plain),
    facts(pairs),
  ]
    .filter((part) => part !== '')
    .join('\n\n')

const blockText = (block: Exclude<Block, { kind: 'figure' }>): string => {
  switch (block.kind) {
    case 'heading':
      return `### ${plain(block.text)}`
    case 'text':
      return block.tone === 'warning' ? `> ${plain(block.text)}` : plain(block.text)
    case 'list':
      return block.items.map((item, place) => `${block.ordered ? `${place + 1}.` : '-'} ${plain(item)}`).join('\n')
    case 'table':
      return tableText(block.table)
    case 'facts':
      return facts(block.facts)
    case 'answer':
      return answerText(block)
  }
}

const figureText = async (
  { words }: Page,
  { figure }: Extract<Block, { kind: 'figure' }>,
  name: string,
  pictures: Map<string, string>,
): Promise<string> => {
  if (!figure.spec) return plain(figure.empty)
  pictures.set(name, await renderSvg(figure.spec, figure.title))
  const rows = figure.table.rows.map(([head = '', ...cells]): Row => ({ head, cells }))
  const data = rows.length > 0 ? [`${words.dataTable}:`, tableText({ columns: figure.table.header, rows })] : []
  return [`![${plain(figure.title)}](${name})`, ...figure.notes.map(plain), ...data].join('\n\n')
}

const chapterText = async (
  page: Page,
  { id, title, standing, blocks }: Chapter,
  folder: string,
  pictures: Map<string, string>,
): Promise<string> => {
  const parts = [`## ${plain(title)}${standing ? ` (${standing})` : ''}`]
  let drawn = 0
  for (const block of blocks) {
    if (block.kind === 'figure') drawn += 1
    parts.push(block.kind === 'figure' ? await figureText(page, block, `${folder}/${id}-${drawn}.svg`, pictures) : blockText(block))
  }
  return parts.join('\n\n')
}

/**
 * The report as Markdown, its pictures as SVG files beside it with their numbers in tables below them.
 * @param report from effectReport; @param options language of all texts, and the folder in which the pictures will lie
 * Example: (await renderMarkdown(report, { language: 'en' })).text
 */
export const renderMarkdown = async (
  report: EffectReport,
  { language, folder = `pictures.${language}` }: { readonly language: Language; readonly folder?: string },
): Promise<MarkdownReport> => {
  const page = pageOf(report, language)
  const { words } = page
  const banner = bannerOf(page)
  const pictures = new Map<string, string>()
  const { dataset } = report
  const parts = [
    ...(banner ? [`> **${plain(banner)}**`] : []),
    `# ${plain(report.study.title[language])}`,
    `${words.report}${words.comma}${words.size(dataset.rows, dataset.participants, dataset.schools)}${words.comma}${report.generatedOn}`,
    ...answers(page).map((block) => blockText(block as Exclude<Block, { kind: 'figure' }>)), // answers draw nothing
  ]
  for (const chapter of chaptersOf(page)) parts.push(await chapterText(page, chapter, folder, pictures))
  parts.push('---', plain(footerOf(page)))
  return { text: `${parts.join('\n\n')}\n`, pictures }
}
