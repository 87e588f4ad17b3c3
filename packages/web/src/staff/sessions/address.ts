// Where pupils go, and what stands in a seat card's QR code. Locator and code stay behind the #, so no server log holds them.
export const pupilAddress = (origin: string) => `${origin}/p/`

export const seatLink = (origin: string, locator: string, code: string) => `${pupilAddress(origin)}#${locator}.${code}`

/** 4F7 K2Q: six characters are typed more surely in two groups. */
export const spaced = (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`

export const isLoopback = (hostname: string) => /^(localhost|127\.|\[?::1\]?$)/.test(hostname)
