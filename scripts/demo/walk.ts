// The whole walk: county, staff, study, two waves, care, dataset, report. Every step goes over HTTP as a browser's would.
import { join } from 'node:path'
import type { EffectReport } from '@tongxing/analysis'
import type { Protocol } from '@tongxing/instruments'
import type { Library } from '@tongxing/instruments/library'
import { countFlags, type Worked, workFlags } from './care.ts'
import type { Client } from './client.ts'
import { buildSchools, countyName, enrol, pupilsPerClass, type School } from './county.ts'
import { setDuty } from './duty.ts'
import { type Exported, exportDataset, makeReport } from './evidence.ts'
import { latentEffect, trueEffect } from './population.ts'
import { type Out, progress } from './progress.ts'
import { readProtocol } from './protocol.ts'
import type { Ready } from './server-process.ts'
import { type Cast, castOf, firstAdministrator, type Link, type Person, signInLinks } from './staff.ts'
import { startStudy } from './study.ts'
import { runWave } from './waves.ts'
import { told } from './words.ts'

const seed = 20260302

type Built = {
  readonly administrator: Client
  readonly account: Person
  readonly cast: Cast
  readonly schools: readonly School[]
  readonly pupils: number
  readonly studyId: string
}
/** The county and the study before anyone has answered, and a link for each of the staff. */
export type Enrolled = Built & { readonly links: readonly Link[] }
type Cared = { readonly flags: number; readonly flaggedPupils: number; readonly worked: readonly Worked[] }
type Shown = { readonly dataset: Exported; readonly report: EffectReport; readonly reportFolder: string }
export type Outcome = Enrolled &
  Cared &
  Shown & {
    readonly submissions: number
    readonly truth: { readonly latent: number; readonly points: number }
  }

type Walk = { readonly server: Ready; readonly library: Library; readonly folder: string; readonly out: Out }

/** The county before anyone has answered: schools, pupils, staff, and the study with its arms. */
export const buildCounty = async ({ server, out }: Pick<Walk, 'server' | 'out'>, protocol: Protocol) => {
  const administrator = await firstAdministrator(server.address, server.setUpToken, countyName)
  const { account, county } = await administrator.get<{ account: Person; county: { id: string } }>('/me')
  const cast = await castOf(server.address, administrator, county.id)
  const schools = await buildSchools(administrator, county.id)
  await setDuty(administrator, cast, schools)
  const pupils = await enrol(administrator, schools, seed)
  const { studyId, armOf } = await startStudy(cast.researcher.browser, protocol, schools, seed)
  const enrolled = { schools: schools.length, pupils, arms: protocol.arms.length }
  out.write(`${told({ key: 'enrolled', with: enrolled, indent: '  ' })}\n`)
  return { administrator, account, cast, schools, pupils, studyId, armOf }
}

const answer = async ({ server, library, out }: Walk, protocol: Protocol, built: Awaited<ReturnType<typeof buildCounty>>) => {
  let submissions = 0
  for (const wave of protocol.waves) {
    const bar = progress(`wave ${wave.id}`.padEnd(14), built.pupils, out)
    const { studyId, schools, armOf, cast } = built
    const field = {
      address: server.address,
      proctor: cast.proctor.browser,
      library,
      protocol,
      studyId,
      schools,
      armOf,
      seed,
      pupilsPerClass,
    }
    submissions += await runWave({ ...field, progress: bar }, wave)
    bar.done()
  }
  return submissions
}

const care = async (counsellor: Client): Promise<Cared> => {
  const { flags, pupils: flaggedPupils } = await countFlags(counsellor)
  return { flags, flaggedPupils, worked: await workFlags(counsellor) }
}

const show = async (researcher: Client, studyId: string, folder: string): Promise<Shown> => {
  const dataset = await exportDataset(researcher, studyId, join(folder, 'dataset'))
  const reportFolder = join(folder, 'report')
  return { dataset, report: await makeReport(researcher, studyId, dataset.id, reportFolder), reportFolder }
}

const truthOf = (library: Library, scale: string) => {
  const { definition } = library.list().find((entry) => entry.definition.scales.some(({ id }) => id === scale))! // the server took the protocol in
  return { latent: latentEffect, points: trueEffect(definition, scale) }
}

export const linksOf = ({ address }: Ready, { administrator, account, cast }: Built): Promise<readonly Link[]> =>
  signInLinks(address, administrator, [cast.counsellor, cast.proctor, cast.researcher, account])

export const walk = async (on: Walk): Promise<Outcome> => {
  const protocol = await readProtocol()
  const built = await buildCounty(on, protocol)
  const submissions = await answer(on, protocol, built)
  const { counsellor, researcher } = built.cast
  const cared = await care(counsellor.browser)
  const shown = await show(researcher.browser, built.studyId, on.folder)
  const links = await linksOf(on.server, built)
  return { ...built, ...cared, ...shown, submissions, truth: truthOf(on.library, protocol.primary.scale), links }
}
