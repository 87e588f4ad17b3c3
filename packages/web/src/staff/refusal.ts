// A request that did not succeed, with the server's own sentence where it gave one.
export class Refusal extends Error {
  readonly code: string
  readonly status: number
  /** The row of a list that the server names, where it names one. */
  readonly row: number | null
  constructor(code: string, status: number, detail: string, row: number | null = null) {
    super(detail)
    this.code = code
    this.status = status
    this.row = row
  }
}

const field = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined

export const refusalOfReply = (status: number, body: unknown): Refusal => {
  const code = field(body, 'code')
  const detail = field(body, 'detail')
  const row = field(field(body, 'parameters'), 'row')
  return new Refusal(
    typeof code === 'string' ? code : `http-${status}`,
    status,
    typeof detail === 'string' ? detail : '',
    typeof row === 'number' ? row : null,
  )
}

/** Whatever was thrown: our own refusal, or a network that did not answer. */
export const refusalOf = (error: unknown): Refusal => (error instanceof Refusal ? error : new Refusal('unreachable', 0, ''))
