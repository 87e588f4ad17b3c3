const isPlain = /^[ !#-[\]-~]*$/
/** JSON.stringify is asked only for what may need an escape: it takes most of the time for keys as short as those of items. */
const quoted = (text: string): string => (isPlain.test(text) ? `"${text}"` : JSON.stringify(text))

/** JSON with sorted keys and no white space (after RFC 8785), so that equal values have equal hashes. Not for values that JSON cannot carry. */
export const canonicalJson = (value: unknown): string => {
  if (typeof value === 'number' && Number.isFinite(value)) return Object.is(value, -0) ? '0' : String(value)
  if (typeof value === 'string') return quoted(value)
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const record = value as Readonly<Record<string, unknown>>
  let written = ''
  for (const key of Object.keys(record).sort()) {
    const inner = record[key]
    if (inner !== undefined) written += `${written ? ',' : ''}${quoted(key)}:${canonicalJson(inner)}`
  }
  return `{${written}}`
}
