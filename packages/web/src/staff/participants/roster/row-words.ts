// What is told of a row, in words.
import type { Say } from '../../shell/speech.tsx'
import type { PlannedRow } from './wire.ts'

export type SheetName = (sheet: number) => string

/** The row, and the sheet where there are several. */
export const whereWords = (say: Say, { sheet, row }: { readonly sheet: number; readonly row: number }, sheetName: SheetName) => {
  const name = sheetName(sheet)
  return name === '' ? say('list.rowShort', { row }) : say('roster.rowOf', { sheet: name, row })
}

export const faultWords = (say: Say, fault: PlannedRow['faults'][number], sheetName: SheetName): string => {
  const other = fault.other ? whereWords(say, fault.other, sheetName) : ''
  const what = say(`roster.fault.${fault.kind}`, { other })
  const field = say(`field.${fault.field}`)
  return fault.text === '' ? say('roster.faultEmpty', { field, what }) : say('roster.faultOf', { field, text: fault.text, what })
}

type Pupil = Pick<PlannedRow, 'name' | 'studentNumber' | 'sex' | 'birthDate' | 'leftBehind' | 'schoolName' | 'className'>
type Side = 'name' | 'studentNumber' | 'sex' | 'birthDate' | 'leftBehind' | 'class'

const shown: Readonly<Record<Side, (say: Say, pupil: Pupil, withSchool: boolean) => string>> = {
  name: (_, pupil) => pupil.name,
  studentNumber: (_, pupil) => pupil.studentNumber ?? '',
  sex: (say, { sex }) => (sex ? say(`sex.${sex}`) : ''),
  birthDate: (_, pupil) => pupil.birthDate ?? '',
  leftBehind: (say, { leftBehind }) => (leftBehind === null ? '' : say(leftBehind ? 'class.yes' : 'class.no')),
  class: (_, { schoolName, className }, withSchool) => (withSchool && schoolName ? `${schoolName} · ${className}` : className),
}

export const sides: readonly Side[] = ['name', 'studentNumber', 'sex', 'birthDate', 'leftBehind', 'class']
export const sideWords = (say: Say, side: Side, pupil: Pupil, withSchool: boolean) => shown[side](say, pupil, withSchool)
