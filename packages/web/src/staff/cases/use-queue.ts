// The queue of cases, kept fresh while it is seen (SAF-03): the server is asked every three seconds whether anything has changed, which names
// nobody, and the queue itself is read, and the reading recorded, only when something has.
import { useCallback, useRef, useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { useEvery } from '../shell/use-every.ts'
import { useRequest } from '../shell/use-request.ts'

const interval = 3000

const markNow = async () => (await answered(server.GET('/api/v1/cases/mark'))).mark

/** `stale`: the server could not be asked, so the queue may have grown since. */
export const useQueue = (state: 'open' | 'reviewed') => {
  const known = useRef<string | null>(null)
  const [stale, setStale] = useState(false)
  // the mark is taken before the queue is read: what comes in between is seen at the next look
  const request = useRequest(async () => {
    known.current = await markNow()
    return answered(server.GET('/api/v1/cases', { params: { query: { state } } }))
  }, [state])
  const readAgain = useRef(() => {})
  readAgain.current = request.kind === 'ready' ? request.reload : request.kind === 'failed' ? request.retry : () => {}
  const look = useCallback(async () => {
    try {
      const mark = await markNow()
      setStale(false)
      if (known.current !== null && known.current !== mark) readAgain.current()
    } catch {
      setStale(true)
    }
  }, [])
  useEvery(interval, look)
  return { request, stale }
}
