// /trust: one page to print in each language, its style, and the authority's certificate. Never a key.
import { X509Certificate } from 'node:crypto'
import type { ProblemLanguage } from '../problem.ts'
import { guideStyle } from './guide-style.ts'
import { type Guide, guides } from './guide-words.ts'
import { commonNameOf, dayOf } from './reading.ts'
import type { ServerIdentity } from './store.ts'

export type Trust = { readonly authority: X509Certificate }
export type TrustFile = { readonly type: string; readonly body: string | Buffer }

export const trustOf = ({ authority }: Pick<ServerIdentity, 'authority'>): Trust => ({ authority: new X509Certificate(authority) })

export const trustFile = (trust: Trust, path: string, language: ProblemLanguage): TrustFile | null => {
  if (path === '/trust') return page(trust, language)
  if (path === '/trust/zh-CN' || path === '/trust/en') return page(trust, path.slice('/trust/'.length) as ProblemLanguage)
  if (path === '/trust/guide.css') return { type: 'text/css; charset=utf-8', body: guideStyle }
  if (path === '/trust/tongxing-ca.crt') return { type: 'application/x-x509-ca-cert', body: trust.authority.raw }
  return null
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

const device = ({ name, steps }: Guide['devices'][number]) => {
  const list = steps.length === 1 ? paragraphs(steps) : `<ol>${steps.map((step) => `<li>${escaped(step)}</li>`).join('')}</ol>`
  return `<section><h3>${escaped(name)}</h3>${list}</section>`
}

const paragraphs = (sentences: readonly string[]) => sentences.map((sentence) => `<p>${escaped(sentence)}</p>`).join('')

const page = ({ authority }: Trust, language: ProblemLanguage): TrustFile => {
  const guide = guides[language]
  const other = language === 'en' ? (['zh-CN', '中文'] as const) : (['en', 'English'] as const)
  const body = `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(guide.title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/trust/guide.css">
</head>
<body>
<header><span>童行 Tongxing</span><a href="/trust/${other[0]}" lang="${other[0]}">${other[1]}</a></header>
<main>
<h1>${escaped(guide.title)}</h1>
${paragraphs(guide.why)}
<h2>${escaped(guide.compare)}</h2>
<p>${escaped(guide.compareHow)}</p>
<dl>
<dt>${escaped(guide.authority)}</dt><dd>${escaped(commonNameOf(authority))}</dd>
<dt>${escaped(guide.until)}</dt><dd>${dayOf(authority.validToDate)}</dd>
<dt>SHA-256</dt><dd class="print">${grouped(authority.fingerprint256)}</dd>
</dl>
<p><a class="take" href="/trust/tongxing-ca.crt" download="tongxing-ca.crt">${escaped(guide.download)}</a></p>
<h2>${escaped(guide.install)}</h2>
<div class="devices">${guide.devices.map(device).join('\n')}</div>
<h2>${escaped(guide.risk)}</h2>
<ul>${guide.risks.map((sentence) => `<li>${escaped(sentence)}</li>`).join('')}</ul>
</main>
</body>
</html>
`
  return { type: 'text/html; charset=utf-8', body }
}

/** Four groups of eight, to be compared by eye. */
const grouped = (fingerprint: string) =>
  fingerprint
    .match(/(?:..:?){8}/g)!
    .map((group) => `<span>${group.replace(/:$/, '')}</span>`)
    .join(' ')
