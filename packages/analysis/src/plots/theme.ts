import type { TopLevelSpec } from 'vega-lite'

export type Language = 'zh-CN' | 'en'
export type PlotSpec = TopLevelSpec

/** The colours of the pages (packages/web/src/ui/tokens.css), so that a report and the site are one. */
export const palette = { paper: '#f6f7f4', ink: '#1c2b2a', quiet: '#526462', rule: '#d9dfda', programme: '#1f6f62', control: '#60707e' }

/** Programme arms after the first: told apart by lightness as well as hue. */
export const armColours = [palette.programme, '#b0713a', '#4f5d95', '#8a4f6d', '#5d7a2e', '#2f7f9e', '#7d6b57']

const chineseFonts = "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC'"

/** Latin faces first in English, so that quotation marks are not drawn a Chinese character wide. */
export const fontsFor = (language: Language): string =>
  language === 'en' ? `'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', ${chineseFonts}, sans-serif` : `${chineseFonts}, sans-serif`

/** Shared by every plot: no box, no ticks, few grid lines, type that stays legible at phone width. */
export const configFor = (language: Language) =>
  ({
    aria: false, // the page names the figure; raw data read aloud would help nobody
    background: 'transparent',
    font: fontsFor(language),
    view: { stroke: null },
    axis: {
      labelColor: palette.quiet,
      titleColor: palette.quiet,
      labelFontSize: 13,
      titleFontSize: 13,
      titleFontWeight: 'normal',
      domain: false,
      ticks: false,
      gridColor: palette.rule,
      labelPadding: 8,
    },
    text: { color: palette.ink, fontSize: 14 },
  }) as const
