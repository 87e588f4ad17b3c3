// What axe-core finds wrong on a page, by the rules of WCAG 2, levels A and AA.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { AxeResults } from 'axe-core'
import type { Visitor } from './browser.ts'

const script = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
const run = "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })"

/** One line for each fault, with the place where it is; the page is looked at once it stands still. */
export const violations = async ({ page }: Visitor): Promise<readonly string[]> => {
  await page.evaluate('Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null))).then(() => null)')
  await page.evaluate(`${script}; null`)
  const { violations: found } = await page.evaluate<AxeResults>(run)
  return found.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`))
}
