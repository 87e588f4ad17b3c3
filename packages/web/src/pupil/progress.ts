// How far the pupil is, for the proctor's board: a number, never an answer. A word that does not arrive is not repeated; the next says more.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Outline, outlineOf } from './outline.ts'
import type { Place } from './place.ts'
import { askedAt, countedOf, type Sheet, stepOf } from './sheet.ts'
import { type Progress, post } from './wire.ts'

const between = 5000 // milliseconds from word to word

/** The question the pupil is at among those she is asked, the first being 1 and on a page the first open one; before the first it is 0, at the
    end all of them. */
export const placeIn = (outline: Outline, sheet: Sheet): { readonly at: number; readonly of: number } => {
  const step = stepOf(outline, sheet)
  const last = outline.questions.length - 1
  const firstOf = (form: number) => outline.questions.findIndex((question) => question.form === form)
  const asked = askedAt(outline, sheet, step)
  const open = asked.find((question) => typeof sheet.given[question] !== 'number') ?? asked[asked.length - 1]
  const here = open ?? (step.kind === 'part' ? firstOf(step.form) - 1 : step.kind === 'end' ? last : -1)
  const { number, total } = countedOf(outline, sheet, here)
  return { at: number, of: total }
}

type Word = { readonly token: string; readonly body: Progress }

const wordOf = (place: Place, hidden: boolean): Word | null => {
  if (place.kind === 'sitting') {
    const { seated, sheet } = place.open
    const outline = outlineOf(seated.battery)
    return {
      token: seated.token,
      body: { ...placeIn(outline, sheet), now: hidden ? 'paused' : 'answering' },
    }
  }
  // a sheet that is received at once says so itself; the word is for one that is held up
  return place.kind === 'handed-in' ? { token: place.sealed.token, body: { at: 0, of: 0, now: 'finished' } } : null
}

export const useProgress = (place: Place) => {
  const [hidden, setHidden] = useState(false)
  const toldAt = useRef(-between)
  const word = wordOf(place, hidden)
  const text = word ? `${word.token} ${JSON.stringify(word.body)}` : ''
  useEffect(() => {
    const look = () => setHidden(document.hidden)
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [])
  useEffect(() => {
    if (!word) return
    const wait = word.body.now === 'finished' ? between : Math.max(0, toldAt.current + between - performance.now())
    const timer = setTimeout(() => {
      toldAt.current = performance.now()
      post('progress', JSON.stringify(word.body), { authorization: `Bearer ${word.token}` })
    }, wait)
    return () => clearTimeout(timer)
  }, [text])
}
