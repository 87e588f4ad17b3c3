import type { Words } from '../words.ts'

export const unitWords = {
  'units.title': ['单位', 'Units'],
  'units.intro': [
    '县（区）、学校和班级。班级建好后，主试就能安排测评。',
    'The county, its schools and their classes. Once a class exists, a proctor can plan a session.',
  ],
  'units.addBelow': ['在“{name}”下添加', 'Add below {name}'],
  'units.kind': ['类型', 'Kind'],
  'units.name': ['名称', 'Name'],
  'units.code': ['代码（可不填）', 'Code (optional)'],
  'units.create': ['添加', 'Add'],
  'units.created': ['已添加“{name}”', '{name} was added'],
  'units.emptyTitle': ['还没有学校', 'There is no school yet'],
  'units.emptyHint': ['先添加一所学校，再在学校下添加班级。', 'Add a school first, then its classes.'],
  'units.noClass': ['还没有班级', 'no class yet'],
} as const satisfies Words
