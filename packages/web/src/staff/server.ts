// The one door to the server: typed by its own OpenAPI document, in the reader's language, and telling when the sign-in has ended.
import createClient from 'openapi-fetch'
import type { paths } from '../api/schema.d.ts'
import { refusalOfReply } from './refusal.ts'

export const server = createClient<paths>()

server.use({
  onRequest: ({ request }) => {
    request.headers.set('accept-language', document.documentElement.lang)
    return request
  },
})

let signedOut = () => {}

export const whenSignedOut = (act: () => void) => {
  signedOut = act
}

type Reply<T> = { readonly data?: T; readonly error?: unknown; readonly response: Response }

/** The promised body, or a Refusal. */
export const answered = async <T>(reply: Promise<Reply<T>>): Promise<Exclude<T, undefined>> => {
  const { data, error, response } = await reply
  if (response.ok) return data as Exclude<T, undefined> // an accepted reply carries the body that its document promises
  const refusal = refusalOfReply(response.status, error)
  if (refusal.code === 'account.sign-in-needed') signedOut()
  throw refusal
}
