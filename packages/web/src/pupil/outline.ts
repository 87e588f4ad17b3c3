// The way through a battery: an introduction, then each instrument's own opening and its questions, then the end.
import type { Form } from './wire.ts'

type Shape = Pick<Form, 'items' | 'optionSets'> & Partial<Pick<Form, 'itemsPerPage' | 'risks'>>
type Question = { readonly form: number; readonly item: string; readonly values: readonly number[] }
export type Step =
  | { readonly kind: 'introduction' }
  | { readonly kind: 'part'; readonly form: number }
  /** One question, or a page of them. */
  | { readonly kind: 'questions'; readonly questions: readonly number[] }
  | { readonly kind: 'end' }
export type Outline = { readonly questions: readonly Question[]; readonly steps: readonly Step[]; readonly forms: readonly Shape[] }

const questionsOf = (form: Shape, position: number): readonly Question[] =>
  form.items.map(({ id, options }) => ({ form: position, item: id, values: (form.optionSets[options] ?? []).map(({ value }) => value) }))

export const outlineOf = (battery: readonly Shape[]): Outline => {
  const questions = battery.flatMap(questionsOf)
  const parts = battery.flatMap(({ itemsPerPage = 1 }, form): readonly Step[] => {
    const own = questions.flatMap((question, position) => (question.form === form ? [position] : []))
    const pages = own.flatMap((_, place): readonly Step[] =>
      place % itemsPerPage === 0 ? [{ kind: 'questions', questions: own.slice(place, place + itemsPerPage) }] : [],
    )
    return [{ kind: 'part', form }, ...pages]
  })
  return { forms: battery, questions, steps: [{ kind: 'introduction' }, ...parts, { kind: 'end' }] }
}
