// What the pupil's page and the server say to each other, by the API's own types.
import type { paths } from '../api/schema.d.ts'

type SignIn = paths['/api/v1/pupil/sign-in']['post']
type SetUp = paths['/api/v1/setup']['get']['responses'][200]['content']['application/json']
type HandIn = paths['/api/v1/pupil/submissions']['post']

export type Seated = SignIn['responses'][200]['content']['application/json']
export type Form = Seated['battery'][number]
export type SubmissionBody = NonNullable<HandIn['requestBody']>['content']['application/json']
export type Aid = NonNullable<SubmissionBody['aids']>[number]
export type Progress = paths['/api/v1/pupil/progress']['post']['requestBody']['content']['application/json']
export type Receipt = HandIn['responses'][201]['content']['application/json']

/** Whatever came back; status 0 when nothing did. */
export type Reply = { readonly status: number; readonly body: unknown; readonly retryAfter: number }

const unreachable: Reply = { status: 0, body: null, retryAfter: 0 }
const patience = { 'sign-in': 15_000, submissions: 60_000, 'so-far': 30_000, talk: 15_000, progress: 10_000, decline: 15_000 } // milliseconds; a sheet of 20 kB needs ten seconds at 2 kB/s

/** What else says 403 and sends JSON is no server of ours: a school's login wall. */
const ours = /^application\/json/
const ourProblem = /^application\/problem\+json/

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export const post = async (
  path: keyof typeof patience,
  body: string | Uint8Array<ArrayBuffer> | null,
  headers: Readonly<Record<string, string>>,
): Promise<Reply> => {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), patience[path])
  try {
    const response = await fetch(`/api/v1/pupil/${path}`, {
      method: 'POST',
      headers: body === null ? headers : { 'content-type': 'application/json', ...headers },
      body,
      signal: abort.signal,
    })
    const [type, text] = [response.headers.get('content-type') || '', await response.text()]
    const retryAfter = Number(response.headers.get('retry-after')) || 0
    return { status: response.status, body: (response.ok ? ours : ourProblem).test(type) ? jsonOf(text) : null, retryAfter }
  } catch {
    return unreachable
  } finally {
    clearTimeout(timer)
  }
}

/** Whether the server says of itself that it is a demonstration; null when it cannot be asked. */
export const isDemonstration = (): Promise<boolean | null> =>
  fetch('/api/v1/setup')
    .then((response) => (response.ok ? response.json() : null))
    .then((body) => (body === null ? null : (body as SetUp).demo))
    .catch(() => null)

export const field = (body: unknown, name: string): string => {
  const value = typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>)[name] : undefined
  return typeof value === 'string' ? value : ''
}
