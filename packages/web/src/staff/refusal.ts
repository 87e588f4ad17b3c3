// A request that did not succeed, with the server's own sentence where it gave one.
export class Refusal extends Error {
  readonly code: string
  readonly status: number
  constructor(code: string, status: number, detail: string) {
    super(detail)
    this.code = code
    this.status = status
  }
}

const field = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined

export const refusalOfReply = (status: number, body: unknown): Refusal => {
  const code = field(body, 'code')
  const detail = field(body, 'detail')
  return new Refusal(typeof code === 'string' ? code : `http-${status}`, status, typeof detail === 'string' ? detail : '')
}

/** Whatever was thrown: our own refusal, or a network that did not answer. */
export const refusalOf = (error: unknown): Refusal => (error instanceof Refusal ? error : new Refusal('unreachable', 0, ''))
