import { useEffect } from 'preact/hooks'

/** Does the work now and again and again, `interval` milliseconds after it was last done, while the page is seen. Keep `work` stable (useCallback). */
export const useEvery = (interval: number, work: () => Promise<unknown>) =>
  useEffect(() => {
    let ended = false
    let timer = 0
    const next = async () => {
      if (!document.hidden) await work()
      if (!ended) timer = window.setTimeout(next, interval)
    }
    void next()
    return () => {
      ended = true
      clearTimeout(timer)
    }
  }, [work])
