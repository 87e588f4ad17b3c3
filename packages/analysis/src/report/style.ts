import { fontsFor, type Language, palette } from '../plots/theme.ts'

/** The page's only style: paper, ink, one green; generous on a screen, exact on A4. */
export const styleFor = (language: Language): string => `
:root { color-scheme: light }
* { box-sizing: border-box }
html { -webkit-text-size-adjust: 100% }
body { margin: 0; background: ${palette.paper}; color: ${palette.ink}; font: 17px/1.75 ${fontsFor(language)}; font-variant-numeric: tabular-nums; overflow-wrap: break-word }
.head { position: sticky; top: 0; z-index: 1 }
.banner { padding: 7px 20px; background: #fbf0d9; color: #6b4a0c; border-bottom: 1px solid #e9d5a5; text-align: center; font-size: 15px; font-weight: 600; letter-spacing: .02em }
main { max-width: 1000px; margin: 0 auto; padding: 52px 28px 72px }
h1 { margin: 0 0 10px; font-size: 36px; line-height: 1.3; letter-spacing: -.01em }
h2 { margin: 64px 0 6px; font-size: 23px; line-height: 1.4 }
h3 { margin: 34px 0 4px; font-size: 17px; font-weight: 600 }
h4 { margin: 0 0 10px; font-size: 16px; font-weight: 600 }
p { margin: 8px 0; max-width: 46em }
p.warning { padding: 2px 0 2px 18px; border-left: 3px solid #d9a43b }
a { color: ${palette.programme}; text-decoration-color: ${palette.rule}; text-underline-offset: 4px }
nav { margin: 40px 0 0 }
nav h2 { margin: 0 0 6px; font-size: 15px; font-weight: 600; color: ${palette.quiet} }
nav ol { margin: 0; padding: 0; list-style: none; columns: 4 190px; column-gap: 28px; font-size: 15px; line-height: 1.95 }
nav li { break-inside: avoid }
section { scroll-margin-top: 44px }
.mark { display: inline-block; margin-left: 8px; padding: 1px 9px; border: 1px solid #d9a43b; border-radius: 10px; font-size: 13px; font-weight: 400; line-height: 1.5; color: #6b4a0c; vertical-align: 3px; white-space: nowrap }
.kicker { margin: 0 0 8px; color: ${palette.programme}; font-weight: 600; letter-spacing: .04em }
.quiet, figcaption, caption, footer { color: ${palette.quiet} }
.lead { font-size: 19px; line-height: 1.7 }
.answer { margin: 34px 0 0; padding: 30px 34px 28px; background: #fff; border: 1px solid ${palette.rule}; border-top: 4px solid ${palette.programme}; border-radius: 4px }
.answer p { max-width: none }
.answer h2 { margin: 0; font-size: 17px; font-weight: 600; color: ${palette.quiet} }
.figure { margin: 10px 0 0; font-size: 54px; line-height: 1.15; font-weight: 650; color: ${palette.programme}; letter-spacing: -.02em }
.figure small { font-size: 22px; font-weight: 400; letter-spacing: 0; color: ${palette.ink}; white-space: nowrap }
.facts { display: flex; flex-wrap: wrap; margin: 22px -34px -28px; padding: 14px 34px 16px; border-top: 1px solid ${palette.rule} }
.facts div { margin: 4px 34px 4px 0 }
.facts dt { font-size: 14px; color: ${palette.quiet} }
.facts dd { margin: 0; font-size: 18px; font-weight: 600 }
.notes { margin: 30px 0 0; padding: 0; list-style: none; max-width: 48em }
.notes li { margin: 9px 0; padding-left: 20px; border-left: 3px solid ${palette.rule} }
figure { margin: 30px 0 0; break-inside: avoid }
.picture { overflow-x: auto }
.picture svg { display: block }
figcaption { margin-top: 8px; font-size: 14.5px; line-height: 1.6 }
figcaption p { margin: 2px 0 }
details { margin-top: 6px; font-size: 14.5px }
summary { color: ${palette.quiet}; cursor: pointer; width: fit-content }
details table { width: auto; min-width: 50%; font-size: 14.5px }
details th, details td { padding-top: 5px; padding-bottom: 5px }
.table { overflow-x: auto; margin: 14px 0 0 }
table { width: 100%; border-collapse: collapse; font-size: 16px; line-height: 1.5 }
thead { display: table-header-group }
tr { break-inside: avoid }
th, td { padding: 9px 18px 9px 0; text-align: right; vertical-align: baseline; white-space: nowrap; border-bottom: 1px solid ${palette.rule} }
th:last-child, td:last-child { padding-right: 2px }
th:first-child { text-align: left }
thead th { font-size: 14px; font-weight: 400; color: ${palette.quiet}; border-bottom: 1.5px solid ${palette.ink}; vertical-align: bottom }
tbody th { font-weight: 400; white-space: normal; min-width: 7.5em }
tbody tr:last-child th, tbody tr:last-child td { border-bottom: 1.5px solid ${palette.ink} }
tr.main th, tr.main td { font-weight: 600 }
tr.aside th, tr.aside td { color: ${palette.quiet} }
td.words { text-align: left; white-space: normal }
i.key { display: inline-block; width: 11px; height: 11px; margin-right: 9px; border: 2px solid; border-radius: 50% }
.sources { padding-left: 1.3em; font-size: 15px; line-height: 1.65 }
.sources li { margin: 8px 0 }
.trace { margin: 14px 0 0; font-size: 15px; line-height: 1.6 }
.trace div { display: grid; grid-template-columns: 13em minmax(0, 1fr); grid-gap: 6px 26px; margin: 6px 0 }
.trace dt { color: ${palette.quiet} }
.trace dd { margin: 0; overflow-wrap: anywhere }
footer { margin-top: 64px; padding-top: 16px; border-top: 1px solid ${palette.rule}; font-size: 14.5px }
@media screen and (max-width: 760px) {
  body { font-size: 16px }
  main { padding: 30px 18px 48px }
  h1 { font-size: 27px }
  h2 { margin-top: 48px; font-size: 21px }
  .answer { padding: 22px 20px }
  .figure { font-size: 44px }
  .figure small { display: block; margin-top: 6px; font-size: 19px; white-space: normal }
  .facts { margin: 18px -20px -22px; padding: 12px 20px 14px }
  .facts div { margin-right: 26px }
  table { font-size: 15px }
  th, td { padding-right: 13px }
  thead th { white-space: normal; word-break: keep-all }
  .trace div { grid-template-columns: minmax(0, 1fr); grid-gap: 0 }
  .trace dd { margin-bottom: 10px }
}
@media print {
  @page { size: A4; margin: 15mm 16mm 16mm }
  body { background: #fff; font-size: 10.5pt; line-height: 1.6; print-color-adjust: exact; -webkit-print-color-adjust: exact }
  .sheet { display: table; width: 100% }
  .head { position: static; display: table-header-group; break-inside: avoid }
  .strip { display: table-cell; padding-bottom: 6mm }
  main { display: table-row-group }
  .banner { border: 1px solid #e9d5a5; font-size: 9.5pt }
  main { max-width: none; padding: 0 }
  h1 { font-size: 22pt }
  h2 { margin-top: 9mm; font-size: 14pt; break-after: avoid }
  h3, caption { break-after: avoid }
  h4, figure, .answer, .notes li, .sources li, p { break-inside: avoid }
  h4, p.quiet { break-after: avoid }
  nav, details { display: none }
  table.short { break-inside: avoid }
  footer { margin-top: 8mm; break-before: avoid }
  .trace div, .sources li { break-inside: avoid }
  figure { margin-top: 5mm }
  .picture { overflow: visible }
  .picture svg { max-width: 150mm !important; max-height: 170mm }
  a { color: inherit; text-decoration: none }
  .answer { margin-top: 6mm }
  .figure { font-size: 32pt }
  table { font-size: 9.5pt }
  thead th { font-size: 8.5pt }
  figcaption { font-size: 9pt }
  .sources { font-size: 9pt; line-height: 1.5 }
  .trace { font-size: 9.5pt }
  .table { overflow: visible }
  th, td { padding: 1.4mm 4mm 1.4mm 0 }
}
`
