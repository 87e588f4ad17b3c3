import * as vega from 'vega'
import { compile } from 'vega-lite'
import { ems } from './text-width.ts'
import type { PlotSpec } from './theme.ts'

type TextItem = { readonly fontSize?: number }
type TextMetrics = { width: (item: TextItem, text: unknown) => number }

// Without a canvas vega guesses 0.8 em for every character and clips Chinese labels. Its types leave the hook out.
const { textMetrics } = vega as unknown as { readonly textMetrics: TextMetrics }
textMetrics.width = (item, text) => ems(String(text ?? '')) * (item.fontSize ?? 11)

/** A Vega-Lite spec as one SVG string; a CJK character is taken as one em wide. */
export const renderSvg = async (spec: PlotSpec): Promise<string> => {
  const view = new vega.View(vega.parse(compile(spec).spec), { renderer: 'none', logLevel: vega.Error })
  try {
    return await view.toSVG()
  } finally {
    view.finalize()
  }
}
