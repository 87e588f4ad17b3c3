/** What an importer or the linter has to say about a foreign file, and where. */
export type Finding = {
  readonly rule: string
  readonly severity: 'error' | 'warning' | 'note'
  readonly file: string
  readonly line?: number
  readonly place?: string
  readonly what: string
  readonly allowed?: string
}

type Where = { readonly file: string; readonly line?: number | undefined; readonly place?: string | undefined }

/** One finding; an unknown line or place is left out. */
export const finding = (
  rule: string,
  severity: Finding['severity'],
  { file, line, place }: Where,
  what: string,
  allowed?: string,
): Finding => ({
  rule,
  severity,
  file,
  ...(line === undefined ? {} : { line }),
  ...(place === undefined ? {} : { place }),
  what,
  ...(allowed === undefined ? {} : { allowed }),
})

/** A finding as one line: file:line place: what (rule). */
export const findingLine = ({ rule, severity, file, line, place, what, allowed }: Finding): string =>
  `${file}${line === undefined ? '' : `:${line}`}${place === undefined ? '' : ` ${place}`}: ${severity}: ${what}${allowed === undefined ? '' : `; allowed: ${allowed}`} (${rule})`
