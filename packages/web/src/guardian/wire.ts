// What the guardian's page and the server say to each other, by the API's own types. Token and code go in the body, never in an address.
import type { paths } from '../api/schema.d.ts'

type Post<Path extends keyof paths> = paths[Path] extends { post: infer Operation } ? Operation : never
type Sent<Path extends keyof paths> = Post<Path> extends { requestBody?: { content: { 'application/json': infer Body } } } ? Body : never
type Got<Path extends keyof paths, Status extends 200 | 201> =
  Post<Path> extends { responses: Record<Status, { content: { 'application/json': infer Body } }> } ? Body : never

export type Looked = Got<'/api/v1/guardian/look', 200>
export type Notice = Looked['notices'][number]
export type Confirmed = Got<'/api/v1/guardian/confirm', 200>
export type Answer = Sent<'/api/v1/guardian/answers'>
export type Decision = Answer['answers'][number]['decision']
export type Receipt = Got<'/api/v1/guardian/answers', 201>

/** The server's own sentence; an empty one when it did not answer. */
class Refused extends Error {}

const post = async <Made>(step: string, body: object): Promise<Made> => {
  const response = await fetch(`/api/v1/guardian/${step}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': document.documentElement.lang },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new Refused('')
  })
  const answer = await response.json().catch(() => null)
  if (response.ok && answer !== null) return answer as Made // what its document promises
  throw new Refused(typeof answer?.detail === 'string' ? answer.detail : '')
}

export const look = (token: string) => post<Looked>('look', { token })
export const confirm = (token: string, code: string) => post<Confirmed>('confirm', { token, code })
export const answer = (body: Answer) => post<Receipt>('answers', body)
