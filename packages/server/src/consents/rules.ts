import { createHmac } from 'node:crypto'
import { Problem } from '../problem.ts'

export const purposes = ['screening', 'follow-up', 'research', 'sharing'] as const
export type Purpose = (typeof purposes)[number]
export const decisions = ['given', 'refused', 'withdrawn'] as const
export type Decision = (typeof decisions)[number]

type Ground = {
  readonly givenBy: 'guardian' | 'pupil'
  readonly decision: Decision
  readonly evidence: 'paper' | 'spoken' | undefined
  readonly relationship: 'parent' | 'other-guardian' | 'caregiver' | undefined
}

/** PRIV-03: who is entrusted with the care of a child decides nothing in her guardian's place, and a guardian's consent is shown by something. */
export const requireGround = ({ givenBy, decision, evidence, relationship }: Ground) => {
  if (givenBy === 'pupil') return
  if (relationship === 'caregiver') throw new Problem('consent.caregiver-is-no-guardian')
  if (evidence === undefined || relationship === undefined) throw new Problem('consent.ground-needed')
  if (decision === 'given' && evidence !== 'paper') throw new Problem('consent.paper-needed')
}

/** How long a link may live, in days. */
export const linkDays = { least: 1, most: 60 }
export const wrongCodeCap = 10

export const linkStates = ['open', 'answered', 'blocked', 'expired', 'revoked'] as const
type LinkFacts = {
  readonly revokedAt: Date | null
  readonly answeredAt: Date | null
  readonly expiresAt: Date
  readonly wrongCodes: number
}

/** An answered link still opens, so that its guardian can change her mind by it. */
export const linkState = (link: LinkFacts, now: Date): (typeof linkStates)[number] => {
  if (link.revokedAt) return 'revoked'
  if (link.expiresAt <= now) return 'expired'
  if (link.wrongCodes >= wrongCodeCap) return 'blocked'
  return link.answeredAt ? 'answered' : 'open'
}

/** A code has 30 bits, so its hash is keyed: a stolen database does not give it away. */
export const hashLinkCode = (pepper: Buffer, linkId: string, code: string) =>
  createHmac('sha256', pepper).update(`consent code:${linkId}:${code}`).digest('hex')

/** The county stands in the token, so that it is looked for in one place only. */
export const linkToken = (countyId: string, random: (bytes: number) => Buffer) =>
  Buffer.concat([Buffer.from(countyId.replaceAll('-', ''), 'hex'), random(16)]).toString('base64url')

export const countyOfLink = (token: string): string | null => {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== 32) return null
  return bytes
    .subarray(0, 16)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
