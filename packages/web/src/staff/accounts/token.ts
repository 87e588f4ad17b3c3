// One-time tokens stand behind the # of a link, which a browser never sends. They leave the address bar the moment they are read.
import { useEffect, useState } from 'preact/hooks'

const takeToken = (): string | null => {
  const token = location.hash.slice(1)
  if (token === '') return null
  history.replaceState(null, '', location.pathname)
  return token
}

/** The token of this page's link; another link pasted into the same tab counts too. */
export const useToken = (): string | null => {
  const [token, setToken] = useState(takeToken)
  useEffect(() => {
    const take = () => setToken((held) => takeToken() ?? held)
    addEventListener('hashchange', take)
    return () => removeEventListener('hashchange', take)
  }, [])
  return token
}
