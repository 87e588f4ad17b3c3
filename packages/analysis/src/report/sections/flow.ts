/** Who took part: schools and pupils assessed, allocated, received, lost and analysed, by arm (CONSORT for cluster trials), as a picture. */
import type { DatasetRow } from '@tongxing/instruments'
import { numberIn } from '../../dataset/read-dataset.ts'
import { consortFlow } from '../../plots/consort-flow.ts'
import { type Chapter, figure, quiet, table } from '../block.ts'
import type { Context } from '../context.ts'
import { completePupils } from '../effect-among.ts'
import { armName, type Page, plotArms, waveName } from '../page.ts'

type Count = { readonly schools: number; readonly pupils: number }
export type FlowPart = {
  readonly assessed: Count
  /** sheets that carry no arm of the study */
  readonly unallocated: Count
  readonly arms: readonly {
    readonly arm: string
    readonly allocated: Count
    /** pupils with at least one session on record; null where the dataset records none */
    readonly received: Count | null
    readonly waves: readonly (Count & { readonly wave: string; readonly lostSchools: number; readonly lostPupils: number })[]
    readonly analysed: Count
  }[]
}

type Member = { readonly id: string; readonly school: string }
const counted = (members: readonly Member[]): Count => ({
  schools: new Set(members.map(({ school }) => school)).size,
  pupils: new Set(members.map(({ id }) => id)).size,
})

/** Each pupil once, as first seen. */
const firstSeen = (rows: readonly DatasetRow[], waves: readonly string[]): readonly DatasetRow[] => {
  const seen = new Map<string, DatasetRow>()
  for (const wave of waves) for (const row of rows) if (row.wave === wave && !seen.has(row.id!)) seen.set(row.id!, row)
  return [...seen.values()]
}

const member = (row: DatasetRow): Member => ({ id: row.id!, school: row.school! })

export const flowPart = (context: Context): FlowPart => {
  const { dataset, plan, arms, baselineWave } = context
  const waves = dataset.manifest.waves.map(({ id }) => id)
  const everyone = firstSeen(dataset.rows, waves)
  const complete = completePupils(context, plan.primary.scale)
  const dose = plan.dose?.column ?? 'sessions'
  const hasDose = dataset.codebook.columns.some(({ name }) => name === dose)
  return {
    assessed: counted(everyone.map(member)),
    unallocated: counted(everyone.filter((row) => !arms.includes(row.arm ?? '')).map(member)),
    arms: arms.map((arm) => {
      const own = everyone.filter((row) => row.arm === arm)
      const allocated = counted(own.map(member))
      const ids = new Set(own.map(({ id }) => id))
      const doses = own.map((row) => numberIn(row, dose))
      return {
        arm,
        allocated,
        received:
          hasDose && doses.some((value) => value !== null) ? counted(own.filter((_, place) => (doses[place] ?? 0) > 0).map(member)) : null,
        waves: waves
          .filter((wave) => wave !== baselineWave)
          .map((wave) => {
            const there = counted(dataset.rows.filter((row) => row.wave === wave && ids.has(row.id!)).map(member))
            return {
              wave,
              ...there,
              lostSchools: Math.max(0, allocated.schools - there.schools),
              lostPupils: allocated.pupils - there.pupils,
            }
          }),
        analysed: counted(complete.filter((pupil) => pupil.arm === arm)),
      }
    }),
  }
}

const words = {
  'zh-CN': {
    title: '参加情况',
    note: '按整群随机试验的 CONSORT 流程列出。“分配”指至少交过一份作答的学生；未作答的在册学生不在数据集里。“分析”指进入主要结局模型的学生。',
    unallocated: '未标明组别',
    perWave: '每组每轮有作答的学校数和学生数',
  },
  en: {
    title: 'Who took part',
    note: 'After CONSORT for cluster trials. “Allocated” are pupils with at least one sheet: those on the roll who never answered are not in the dataset. “Analysed” are pupils in the model of the primary outcome.',
    unallocated: 'no arm on the sheet',
    perWave: 'Schools and pupils with a sheet, by arm and wave',
  },
}

export const flowChapter = (page: Page): Chapter => {
  const { report, words: common, language } = page
  const said = words[language]
  const { consort, waves, arms, flow } = report
  const later = waves.filter(({ id }) => id !== report.design.baselineWave)
  const picture = consortFlow(
    {
      assessed: consort.assessed,
      excluded: consort.unallocated.pupils > 0 ? [{ reason: said.unallocated, ...consort.unallocated }] : [],
      arms: plotArms(page).map((arm) => {
        const own = consort.arms.find((one) => one.arm === arm.id)! // the record counts every arm
        return {
          ...arm,
          allocated: own.allocated,
          received: own.received,
          waves: own.waves.map((wave) => ({ ...wave, label: waveName(page, wave.wave) })),
          analysed: own.analysed,
        }
      }),
      waveLabels: later.map(({ label }) => label[language]),
    },
    language,
  )
  const { columns } = common
  return {
    id: 'flow',
    title: said.title,
    blocks: [
      quiet(said.note),
      figure(picture),
      quiet(said.perWave),
      table(
        [columns.arm, ...waves.flatMap(({ id }) => [`${waveName(page, id)} ${columns.schools}`, columns.pupils])],
        arms.map(({ id }) => ({
          head: armName(page, id),
          arm: id,
          cells: flow.filter(({ arm }) => arm === id).flatMap(({ schools, participants }) => [String(schools), String(participants)]),
        })),
      ),
    ],
  }
}
