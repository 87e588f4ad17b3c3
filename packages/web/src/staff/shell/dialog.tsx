import type { ComponentChildren } from 'preact'
import { useContext, useId, useLayoutEffect, useRef } from 'preact/hooks'
import { StaffContext } from '../staff.ts'

type Props = {
  readonly title: string
  readonly onClose: () => void
  readonly children: ComponentChildren
  readonly actions: ComponentChildren
  /** For a list or a table. */
  readonly wide?: boolean
}

/** A modal question. The browser's own dialog holds the focus, gives it back and closes on Escape. */
export const Dialog = ({ title, onClose, children, actions, wide = false }: Props) => {
  const box = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  const away = useContext(StaffContext)?.away ?? false
  // while the sign-in has ended an open dialog would block the form that brings its person back
  useLayoutEffect(() => {
    if (away) return
    const dialog = box.current
    const before = document.activeElement
    dialog?.showModal()
    return () => {
      dialog?.close()
      if (before instanceof HTMLElement) before.focus()
    }
  }, [away])
  const cancel = (event: Event) => {
    // a file picker that is closed, and a question above this one, tell of it too
    if (event.target !== box.current) return
    event.preventDefault()
    onClose()
  }
  return (
    <dialog ref={box} class={wide ? 'dialog dialog-wide' : 'dialog'} aria-labelledby={titleId} onCancel={cancel}>
      <h2 id={titleId}>{title}</h2>
      <div class="dialog-body">{children}</div>
      <div class="dialog-actions">{actions}</div>
    </dialog>
  )
}
