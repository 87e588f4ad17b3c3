import * as vega from 'vega'
import { compile } from 'vega-lite'
import { ems } from './text-width.ts'
import type { PlotSpec } from './theme.ts'

type TextItem = { readonly fontSize?: number }
type TextMetrics = { width: (item: TextItem, text: unknown) => number }

// Without a canvas vega guesses 0.8 em for every character and clips Chinese labels. Its types leave the hook out.
const { textMetrics } = vega as unknown as { readonly textMetrics: TextMetrics }
textMetrics.width = (item, text) => ems(String(text ?? '')) * (item.fontSize ?? 11)

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')

// a picture shrinks on a phone so far and no further: what is around it scrolls, its letters stay legible
const shrinksTo = 0.7

/** The picture named for screen readers, no wider than what it stands in. */
const named = (svg: string, title: string) => {
  const width = Number(/<svg[^>]* width="([\d.]+)"/.exec(svg)?.[1] ?? 0)
  const style = `max-width:100%;min-width:${Math.round(width * shrinksTo)}px;height:auto`
  return svg.replace(
    /<svg([^>]*)>/,
    (_, attributes: string) =>
      `<svg${attributes} role="img" aria-label="${escaped(title)}" style="${style}"><title>${escaped(title)}</title>`,
  )
}

/** A Vega-Lite spec as one SVG string; a CJK character is taken as one em wide. With a title it is an image with that name. */
export const renderSvg = async (spec: PlotSpec, title?: string): Promise<string> => {
  const view = new vega.View(vega.parse(compile(spec).spec), { renderer: 'none', logLevel: vega.Error })
  try {
    const svg = await view.toSVG()
    return title === undefined ? svg : named(svg, title)
  } finally {
    view.finalize()
  }
}
