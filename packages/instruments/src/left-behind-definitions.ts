/** The definitions of a left-behind child that counts and studies in China use, each with where it was read. See left-behind.ts. */

export type LeftBehindDefinition = {
  readonly id: string
  readonly name: { readonly 'zh-CN': string; readonly en: string }
  readonly underAge: number
  readonly fromAge: number
  readonly months: number
  readonly parents: 'either' | 'both-or-no-able-guardian'
  readonly status: 'found' | 'memory'
  readonly source: string
}

/** None of them asks the household's register of the child, which some name (农村户籍): a school knows it, and these facts do not hold it. */
export const leftBehindDefinitions: readonly LeftBehindDefinition[] = [
  {
    id: 'state-council-2016',
    name: { 'zh-CN': '国务院 2016', en: 'State Council 2016' },
    fromAge: 0,
    underAge: 16,
    months: 0,
    parents: 'both-or-no-able-guardian',
    status: 'found',
    source:
      '国发〔2016〕13号: 留守儿童是指父母双方外出务工或一方外出务工另一方无监护能力、不满十六周岁的未成年人. Quoted alike in several public pages; no length of absence is named.',
  },
  {
    id: 'women-federation-2013',
    name: { 'zh-CN': '全国妇联 2013', en: "All-China Women's Federation 2013" },
    fromAge: 0,
    underAge: 18,
    months: 0,
    parents: 'either',
    status: 'found',
    source:
      'Second-hand: news of 2016 on why 61.0255 million became 9.02 million name the older count: one parent away is enough, under 18. The report itself was not opened.',
  },
  {
    id: 'ministry-of-education',
    name: { 'zh-CN': '教育部统计', en: 'Ministry of Education statistics' },
    fromAge: 6,
    underAge: 16,
    months: 3,
    parents: 'either',
    status: 'found',
    source:
      'Second-hand: 外出务工连续三个月以上的农民托留在户籍所在地家乡、由父母单方或其他亲属监护接受义务教育的适龄儿童少年. That school age is 6 to 15 is from memory.',
  },
  {
    id: 'half-year',
    name: { 'zh-CN': '半年以上（研究常用）', en: 'Half a year, common in studies' },
    fromAge: 0,
    underAge: 18,
    months: 6,
    parents: 'either',
    status: 'memory',
    source: 'From memory: many studies ask for six months or more with one or both parents away, under 18.',
  },
]
