import type { NoticeField } from '../../i18n/notice.ts'

const pipl = ['个人信息保护法', 'Personal Information Protection Law'] as const
const cpo = ['儿童个人信息网络保护规定', 'Provisions on Children’s Personal Information Online'] as const
const rmo = ['未成年人网络保护条例', 'Regulation on Protecting Minors Online'] as const
type Source = readonly [law: readonly [string, string], articles: string]

/** Which articles ask for each part of a notice; the server's list of fields says the same. */
const sources: Readonly<Record<NoticeField, readonly Source[]>> = {
  controller: [[pipl, '17']],
  responsible: [[cpo, '8']],
  what: [
    [pipl, '17'],
    [cpo, '10'],
  ],
  why: [
    [pipl, '17'],
    [cpo, '10'],
  ],
  how: [
    [pipl, '17'],
    [cpo, '10'],
  ],
  necessity: [[pipl, '30']],
  where: [[cpo, '10']],
  retention: [
    [pipl, '17'],
    [cpo, '10'],
  ],
  security: [[cpo, '10']],
  seenBy: [[rmo, '36']],
  sharedWith: [
    [pipl, '23'],
    [cpo, '9'],
  ],
  refusal: [
    [pipl, '16'],
    [cpo, '10'],
  ],
  withdrawal: [[pipl, '15']],
  correction: [
    [pipl, '44–47'],
    [rmo, '34'],
    [cpo, '10'],
  ],
  complaint: [
    [pipl, '50'],
    [cpo, '10'],
  ],
  rights: [[pipl, '31']],
}

export const lawOf = (field: NoticeField, place: 0 | 1): string =>
  sources[field].map(([law, articles]) => `${law[place]} ${articles}`).join(place === 0 ? '、' : ', ')
