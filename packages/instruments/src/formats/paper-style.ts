/** The style of a paper form: A4, black on white, boxes large enough for a child's pen, no row cut by the end of a page. */
export const paperStyle = (fonts: string, footer: string, [before, between, after]: readonly string[]): string => `
@page {
  size: A4;
  margin: 12mm 14mm 15mm;
  @bottom-left { content: "${footer}"; font: 8pt ${fonts}; color: #444; }
  @bottom-right { content: "${before}" counter(page) "${between}" counter(pages) "${after}"; font: 8pt ${fonts}; color: #444; }
}
* { box-sizing: border-box; }
html { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { margin: 0 auto; max-width: 181mm; font: 11pt/1.4 ${fonts}; color: #000; background: #fff; }
h1 { margin: 0 0 0.5mm; font-size: 16pt; line-height: 1.25; }
.who { margin: 0 0 3mm; font-size: 10pt; }
.about { display: flex; gap: 6mm; margin: 0 0 4mm; }
.about span { flex: 1; padding-bottom: 1mm; border-bottom: 0.3mm solid #000; white-space: nowrap; }
.about span:first-child { flex: 1.4; }
p { margin: 0 0 1.5mm; text-wrap: pretty; }
.how { padding: 2mm 3mm; font-size: 10.5pt; border: 0.3mm solid #000; break-inside: avoid; }
.how p:last-child { margin: 0; }
.stem { margin: 4mm 0 1mm; font-weight: 700; break-after: avoid; }
table { width: 100%; margin: 1mm 0 4mm; border-collapse: collapse; table-layout: fixed; }
thead { display: table-header-group; }
tr, .question, .end { break-inside: avoid; }
th { padding: 1.5mm 0.7mm; overflow-wrap: anywhere; line-height: 1.25; font-weight: 700; text-wrap: balance; vertical-align: bottom; border-bottom: 0.5mm solid #000; }
th.number, td.number { width: 9mm; text-align: right; }
th.asked { text-align: left; }
td { padding: 1.3mm 1mm; vertical-align: middle; border-bottom: 0.2mm solid #888; text-align: center; }
td.number { padding-right: 2mm; font-weight: 700; }
td.asked { padding: 1.3mm 2mm; text-align: left; text-wrap: pretty; line-height: 1.3; }
tbody tr:nth-child(even) td { background: #f1f1f1; }
.box { display: inline-flex; width: 8.5mm; height: 8.5mm; align-items: flex-end; justify-content: flex-end; padding: 0 0.6mm 0.2mm 0; border: 0.45mm solid #000; border-radius: 0.8mm; background: #fff; font-size: 6.5pt; line-height: 1; color: #666; }
.id { display: block; font-size: 7pt; line-height: 1.2; font-weight: 400; color: #555; }
.when { display: block; margin-bottom: 0.5mm; font-size: 9pt; font-style: normal; color: #333; }
.question { margin: 4mm 0; padding-bottom: 3mm; border-bottom: 0.2mm solid #888; }
.question .asked { margin-bottom: 2mm; }
.question .answers { display: grid; grid-template-columns: repeat(2, 1fr); gap: 1.5mm 6mm; margin: 0; padding: 0 0 0 9mm; list-style: none; }
.question .answers li { display: flex; align-items: center; gap: 2.5mm; }
.question .box { flex: none; }
.end { margin-top: 4mm; padding: 2mm 3mm; border: 0.3mm solid #000; font-size: 10pt; }
.end ul { display: flex; flex-wrap: wrap; gap: 1mm 8mm; margin: 0; padding: 0; list-style: none; }
.source { margin-top: 2.5mm; font-size: 8pt; line-height: 1.4; color: #333; break-inside: avoid; }
@media screen { body { padding: 12mm; } }
`
