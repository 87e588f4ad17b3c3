// How large and how strong the page is shown: for this sitting alone, for the next pupil at the same computer begins anew.
import { useEffect, useLayoutEffect, useState } from 'preact/hooks'
import { tab } from './remember.ts'
import type { Aid } from './wire.ts'

export const sizes = ['standard', 'large', 'largest'] as const
/** Also the names of the style: what stands on the root element. */
export type Display = { readonly size: (typeof sizes)[number]; readonly contrast: boolean }

const name = 'tongxing.display'
const fresh = (): Display => ({ size: 'standard', contrast: matchMedia('(prefers-contrast: more)').matches })

const kept = (): Display => {
  const [written, contrast] = tab.read(name).split(' ')
  const size = sizes.find((one) => one === written)
  return size ? { size, contrast: contrast === 'contrast' } : fresh()
}

export const aidsOf = ({ size, contrast }: Display): readonly Aid[] => [
  ...(size === 'standard' ? [] : (['large-text'] as const)),
  ...(contrast ? (['high-contrast'] as const) : []),
]

export const useDisplay = (atDoor: boolean): readonly [Display, (display: Display) => void] => {
  const [display, show] = useState(kept)
  useEffect(() => {
    if (atDoor) show(fresh())
  }, [atDoor])
  useLayoutEffect(() => {
    const look = `${display.size} ${display.contrast ? 'contrast' : ''}`
    document.documentElement.className = look
    tab.write(name, look)
  }, [display])
  return [display, show]
}
