// The way through a battery: an introduction, then each instrument's own opening and its questions, then the end.
import type { Form } from './wire.ts'

type Shape = Pick<Form, 'items' | 'optionSets'>
type Question = { readonly form: number; readonly item: string; readonly values: readonly number[] }
export type Step =
  | { readonly kind: 'introduction' }
  | { readonly kind: 'part'; readonly form: number }
  | { readonly kind: 'question'; readonly question: number }
  | { readonly kind: 'end' }
export type Outline = { readonly questions: readonly Question[]; readonly steps: readonly Step[]; readonly forms: readonly Shape[] }

const questionsOf = (form: Shape, position: number): readonly Question[] =>
  form.items.map(({ id, options }) => ({ form: position, item: id, values: (form.optionSets[options] ?? []).map(({ value }) => value) }))

export const outlineOf = (battery: readonly Shape[]): Outline => {
  const questions = battery.flatMap(questionsOf)
  const parts = battery.flatMap((_, form): readonly Step[] => [
    { kind: 'part', form },
    ...questions.flatMap((question, position): readonly Step[] =>
      question.form === form ? [{ kind: 'question', question: position }] : [],
    ),
  ])
  return { forms: battery, questions, steps: [{ kind: 'introduction' }, ...parts, { kind: 'end' }] }
}
