/** What report and check take: one dataset folder. What is wrong ends them with exit code 1. */
import { parseArgs } from 'node:util'
import type { Language } from '../plots/theme.ts'

type Asked = { readonly folder: string; readonly out: string; readonly language: Language }

export const datasetArguments = (name: string, args: readonly string[]): Asked => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { out: { type: 'string' }, language: { type: 'string', default: 'en' } },
  })
  const [folder, ...more] = positionals
  if (!folder || more.length > 0) throw new Error(`${name} takes one dataset folder, got ${positionals.length}`)
  const { language } = values
  if (language !== 'zh-CN' && language !== 'en') throw new Error(`--language takes zh-CN or en, got ${language}`)
  return { folder, out: values.out ?? folder, language }
}
