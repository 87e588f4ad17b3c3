import { useEffect, useState } from 'preact/hooks'

/** The time, renewed every half minute, so that "2 h left" does not grow stale on an open page. */
export const useNow = (): number => {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
