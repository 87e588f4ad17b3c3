// A fictional county: its units, its pupils and their guardians' consents. Every name says that it is made up.
import { seededRandom } from '@tongxing/instruments'
import type { Client } from './client.ts'
import { consent, publishNotice } from './notice.ts'

export const countyName = '演示县（虚构）'
const schoolNames = ['青禾', '溪口', '云岭', '柳河', '石桥', '竹园'].map((name) => `演示${name}学校`)
const classNames = ['七年级1班', '七年级2班']
export const pupilsPerClass = 25

const familyNames = [...'王李张刘陈杨赵黄周吴徐孙']
const givenNames = [...'安宁清远晨曦知夏星禾山川雨晴书言乐之']

export type School = {
  readonly id: string
  readonly name: string
  readonly classes: readonly { readonly id: string; readonly name: string }[]
}

type UnitOut = { readonly id: string }
const addUnit = (administrator: Client, kind: string, parentId: string, name: string) =>
  administrator.post<UnitOut>('/units', { kind, parentId, name })

export const buildSchools = async (administrator: Client, countyId: string): Promise<readonly School[]> => {
  const schools: School[] = []
  for (const name of schoolNames) {
    const { id } = await addUnit(administrator, 'school', countyId, name)
    const classes: { id: string; name: string }[] = []
    for (const className of classNames) classes.push({ id: (await addUnit(administrator, 'class', id, className)).id, name: className })
    schools.push({ id, name, classes })
  }
  return schools
}

const drawnPupil = (random: () => number, number: number) => {
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)]!
  const month = String(1 + Math.floor(random() * 12)).padStart(2, '0')
  const day = String(1 + Math.floor(random() * 28)).padStart(2, '0')
  return {
    name: `${pick(familyNames)}${pick(givenNames)}${pick(givenNames)}`,
    studentNumber: `DEMO${String(number).padStart(5, '0')}`,
    sex: random() < 0.5 ? 'female' : 'male',
    birthDate: `${new Date().getUTCFullYear() - 13 - Math.floor(random() * 2)}-${month}-${day}`,
    leftBehind: random() < 0.45,
  }
}

/** Pupils of every class in roster order, with consent to screening and research. Returns their number. */
export const enrol = async (administrator: Client, schools: readonly School[], seed: number): Promise<number> => {
  const random = seededRandom(seed)
  const notices = [
    ['screening', await publishNotice(administrator, 'screening')],
    ['research', await publishNotice(administrator, 'research')],
  ] as const
  let number = 0
  for (const school of schools)
    for (const { id: classId } of school.classes) {
      const participants = Array.from({ length: pupilsPerClass }, () => drawnPupil(random, ++number))
      const { participantIds } = await administrator.post<{ participantIds: string[] }>(`/classes/${classId}/participants`, {
        participants,
      })
      for (const [purpose, noticeId] of notices) await consent(administrator, classId, purpose, noticeId, participantIds)
    }
  return number
}
