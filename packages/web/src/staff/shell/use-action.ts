import { useState } from 'preact/hooks'
import { type Refusal, refusalOf } from '../refusal.ts'

/** Something a person does: it is busy, it may be refused, and it cannot be started twice. Gives undefined when it was refused. */
export const useAction = <Given extends readonly unknown[], Made>(act: (...given: Given) => Promise<Made>) => {
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const run = async (...given: Given): Promise<Made | undefined> => {
    if (busy) return undefined
    setBusy(true)
    setRefusal(null)
    try {
      return await act(...given)
    } catch (error) {
      setRefusal(refusalOf(error))
      return undefined
    } finally {
      setBusy(false)
    }
  }
  return { run, busy, refusal, forget: () => setRefusal(null) }
}
