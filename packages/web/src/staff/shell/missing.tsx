// A button that cannot be pressed does not say why: ours can be, and then says what is missing.
import { useState } from 'preact/hooks'

/** What stands in the way, or null; it is said from the first press until it is there. */
export const useMissing = (missing: string | null) => {
  const [asked, setAsked] = useState(false)
  const isWhole = () => {
    setAsked(missing !== null)
    return missing === null
  }
  return { said: asked ? (missing ?? '') : '', isWhole }
}

export const Missing = ({ said }: { readonly said: string }) => (
  <p class="field-error" role="alert">
    {said}
  </p>
)
