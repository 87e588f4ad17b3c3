// A session as it stands now: asked again every three seconds while the page is seen, and what was last known when the line is down.
import { useCallback, useState } from 'preact/hooks'
import { type Refusal, refusalOf } from '../refusal.ts'
import { answered, server } from '../server.ts'
import { useEvery } from '../shell/use-every.ts'
import type { SessionDetail } from '../wire.ts'

export type Watched = { readonly session: SessionDetail | null; readonly refusal: Refusal | null; readonly knownAt: number }

const interval = 3000

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
  useEvery(interval, look)
  return { ...watched, show, look }
}
