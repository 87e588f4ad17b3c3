// A session as it stands now: told by the server on every change, or asked for every three seconds where a browser or a school's router bears
// no stream; and what was last known when the line is down.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { type Refusal, refusalOf } from '../refusal.ts'
import { answered, server } from '../server.ts'
import { useEvery } from '../shell/use-every.ts'
import type { SessionDetail } from '../wire.ts'

export type Watched = { readonly session: SessionDetail | null; readonly refusal: Refusal | null; readonly knownAt: number }

const interval = 3000
const silence = 12_000 // milliseconds; the server says every five seconds that it is there

/** Calls `show` with every picture of the stream; the answer tells whether the stream was heard lately. */
const useStream = (sessionId: string, show: (session: SessionDetail) => void) => {
  const heardAt = useRef(0)
  useEffect(() => {
    if (typeof EventSource === 'undefined') return
    const source = new EventSource(`/api/v1/sessions/${sessionId}/events`)
    const hear = () => {
      heardAt.current = performance.now()
    }
    source.addEventListener('still', hear)
    source.onmessage = (event: MessageEvent<string>) => {
      hear()
      show(JSON.parse(event.data) as SessionDetail) // the server's own schema was applied to what it sent
    }
    source.onerror = () => {
      heardAt.current = 0
    }
    return () => source.close()
  }, [sessionId, show])
  return useCallback(() => heardAt.current > 0 && performance.now() - heardAt.current < silence, [])
}

export const useSession = (sessionId: string) => {
  const [watched, setWatched] = useState<Watched>({ session: null, refusal: null, knownAt: 0 })
  const show = useCallback((session: SessionDetail) => setWatched({ session, refusal: null, knownAt: Date.now() }), [])
  const look = useCallback(
    () =>
      answered(server.GET('/api/v1/sessions/{sessionId}', { params: { path: { sessionId } } })).then(show, (error: unknown) =>
        setWatched((known) => ({ ...known, refusal: refusalOf(error) })),
      ),
    [sessionId],
  )
  const isStreaming = useStream(sessionId, show)
  const lookUnlessTold = useCallback(async () => {
    if (!isStreaming()) await look()
  }, [look, isStreaming])
  useEvery(interval, lookUnlessTold)
  return { ...watched, show, look }
}
