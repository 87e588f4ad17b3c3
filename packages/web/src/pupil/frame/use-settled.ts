import { useEffect, useState } from 'preact/hooks'

const settling = 300 // milliseconds; the second half of a double tap comes sooner

/** False while a page is new, so that a double tap meant for the page before does nothing on this one. */
export const useSettled = (): boolean => {
  const [settled, settle] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => settle(true), settling)
    return () => clearTimeout(timer)
  }, [])
  return settled
}
