// A browser's part of the HTTP API, for the demonstration: a cookie jar and JSON.
export type Client = {
  readonly get: <T>(path: string) => Promise<T>
  readonly post: <T>(path: string, body?: unknown, headers?: Readonly<Record<string, string>>) => Promise<T>
  readonly text: (path: string) => Promise<string>
}

export const client = (address: string): Client => {
  let cookie = ''
  const call = async (method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) => {
    const response = await fetch(`${address}/api/v1${path}`, {
      method,
      headers: {
        'accept-language': 'en',
        ...(cookie ? { cookie } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const set = response.headers.getSetCookie()[0]
    if (set) cookie = set.split(';')[0] ?? ''
    const content = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${content.slice(0, 300)}`)
    return content
  }
  const parsed = async <T>(content: Promise<string>): Promise<T> => {
    const text = await content
    return (text === '' ? null : JSON.parse(text)) as T // the server's own schema was applied to what it sent
  }
  return {
    get: (path) => parsed(call('GET', path)),
    post: (path, body, headers) => parsed(call('POST', path, body, headers)),
    text: (path) => call('GET', path),
  }
}
