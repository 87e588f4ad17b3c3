import { expect, test } from 'vitest'
import { isSought } from './is-sought.ts'

const phq9 = { id: 'phq-9', acronym: 'PHQ-9', names: { 'zh-CN': '患者健康问卷抑郁量表', en: 'Patient Health Questionnaire' } }

test('an instrument is found by id, acronym or any of its names, whatever the hyphens and capitals', () => {
  for (const sought of ['', 'phq', 'PHQ9', 'phq 9', '抑郁', 'health quest'])
    expect([sought, isSought(phq9, sought)]).toEqual([sought, true])
  for (const sought of ['gad', '焦虑', 'phq-99']) expect([sought, isSought(phq9, sought)]).toEqual([sought, false])
})
