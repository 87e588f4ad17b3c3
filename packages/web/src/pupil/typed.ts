// What a pupil types, read with good will: small letters, full-width letters, spaces, O for 0, I or L for 1.
export const locatorLength = 5
export const codeLength = 6

export const readTyped = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')

export type Ticket = { readonly locator: string; readonly code: string }

/** The seat card's link is /p/#LOCATOR.CODE; what stands behind the # reaches no server. */
export const readHash = (hash: string): Ticket | null => {
  const [locator = '', code = ''] = hash.replace(/^#/, '').split('.').map(readTyped)
  return locator.length === locatorLength && code.length === codeLength ? { locator, code } : null
}
