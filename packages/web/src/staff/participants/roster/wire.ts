// The shapes of a roster from a file, taken from the generated document of the API.
import type { paths } from '../../../api/schema.d.ts'

type Post<Path extends keyof paths> = NonNullable<paths[Path]['post']>
type Sent<Path extends keyof paths> = Post<Path> extends { requestBody: { content: { 'application/json': infer Body } } } ? Body : never
type Got<Path extends keyof paths> =
  Post<Path> extends { responses: { 200: { content: { 'application/json': infer Body } } } } ? Body : never

export type SeenFile = Got<'/api/v1/units/{unitId}/roster/file'>
export type SeenSheet = SeenFile['sheets'][number]
export type Plan = Got<'/api/v1/units/{unitId}/roster/plan'>
export type PlannedRow = Plan['rows'][number]
export type Missing = Plan['missing'][number]
export type Imported = Got<'/api/v1/units/{unitId}/roster/import'>
type PlanRequest = Sent<'/api/v1/units/{unitId}/roster/plan'>
export type SheetSetting = PlanRequest['sheets'][number]
export type Field = NonNullable<SheetSetting['columns'][number]>
export type Decision = Sent<'/api/v1/units/{unitId}/roster/import'>['decisions'][number]['decision']
export type Encoding = NonNullable<PlanRequest['encoding']>
export type Delimiter = NonNullable<PlanRequest['delimiter']>
export type Kind = PlannedRow['kind']

export const fields: readonly Field[] = [
  'name',
  'studentNumber',
  'sex',
  'birthDate',
  'nationalId',
  'school',
  'grade',
  'class',
  'leftBehind',
]
