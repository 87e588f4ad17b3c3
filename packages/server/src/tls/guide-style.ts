// The colours are those of the pages; printed, it is black on one sheet.
export const guideStyle = `body { margin: 0; background: #f6f7f4; color: #1c2b2a; line-height: 1.55;
  font-family: -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Segoe UI", Arial, sans-serif; }
header, main { max-width: 60rem; margin: 0 auto; padding: 0.75rem 1.25rem; }
main { padding-bottom: 3rem; }
header { display: flex; justify-content: space-between; color: #165348; font-weight: 600; }
a { color: #165348; }
h1 { font-size: 1.625rem; line-height: 1.35; margin: 0.5rem 0 1rem; }
h2 { font-size: 1.25rem; margin: 1.75rem 0 0.5rem; }
h3 { font-size: 1rem; margin: 0 0 0.25rem; }
p { margin: 0 0 0.75rem; max-width: 46rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; margin: 0 0 1rem; padding: 1rem 1.25rem;
  background: #ffffff; border: 1px solid #d9dfda; border-radius: 10px; }
dt { color: #526462; }
dd { margin: 0; min-width: 0; }
body:lang(en) { font-family: "Segoe UI", "Helvetica Neue", Arial, "DejaVu Sans", "Noto Sans CJK SC", sans-serif; }
.print { max-width: 32rem; font-family: "SF Mono", Consolas, "DejaVu Sans Mono", monospace; }
.print span { display: inline-block; margin-right: 1.25rem; white-space: nowrap; }
.take { display: inline-block; padding: 0.75rem 1.5rem; border-radius: 10px; background: #1f6f62; color: #ffffff; text-decoration: none; font-weight: 600; }
.take:focus-visible, header a:focus-visible { outline: 3px solid #1257c7; outline-offset: 2px; }
.devices { columns: 2 24rem; column-gap: 2.5rem; }
section { break-inside: avoid; margin: 0 0 1.25rem; }
ol, ul { margin: 0; padding-left: 1.4rem; }
li { margin-bottom: 0.2rem; }
main > ul { max-width: 52rem; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: 0.5rem; } }
@media print {
  @page { size: A4; margin: 12mm; }
  body { background: #ffffff; color: #000000; font-size: 9pt; line-height: 1.35; }
  header, main { max-width: none; padding: 0; }
  header a, p:has(.take) { display: none; }
  h1 { font-size: 14pt; margin: 2mm 0; }
  h2 { font-size: 11pt; margin: 3mm 0 1mm; }
  h3 { font-size: 9.5pt; }
  p { margin: 0 0 1.5mm; max-width: none; }
  dl { padding: 2mm 3mm; margin: 0 0 2mm; }
  .devices { columns: 2; column-gap: 8mm; }
  section { margin: 0 0 2mm; }
  main > ul { max-width: none; }
}
`
