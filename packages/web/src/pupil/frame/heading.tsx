import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

type Props = { readonly id?: string; readonly class?: string; readonly children: ComponentChildren }

/** A page's heading takes the focus when the page comes, so that a screen reader begins there. */
export const Heading = ({ children, ...rest }: Props) => {
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    heading.current?.focus({ preventScroll: true })
    scrollTo(0, 0)
  }, [])
  return (
    <h1 {...rest} ref={heading} tabIndex={-1}>
      {children}
    </h1>
  )
}
