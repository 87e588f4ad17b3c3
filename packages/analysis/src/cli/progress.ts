/** Tells a terminal how far long work has come, on stderr; says nothing to a pipe. */
export const progress = (what: string): ((share: number) => void) => {
  if (!process.stderr.isTTY) return () => {}
  let shown = -1
  return (share) => {
    const percent = Math.floor(share * 100)
    if (percent === shown) return
    shown = percent
    process.stderr.write(share >= 1 ? '\r\u001b[K' : `\r${what} ${percent}%`)
  }
}
