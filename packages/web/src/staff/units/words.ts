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
  'units.code.county': [
    '六位行政区划代码（GB/T 2260），如 430626；省由前两位读出。',
    'Six digits (GB/T 2260), such as 430626; the first two name the province.',
  ],
  'units.code.township': ['九位，前六位与县（区）相同。', 'Nine digits, the first six those of the county.'],
  'units.code.village': ['十二位，前九位与乡镇（街道）相同。', 'Twelve digits, the first nine those of the township.'],
  'units.code.school': ['十位学校标识码。只核对是不是十位数字。', 'The ten digits of its 学校标识码; only their number is checked.'],
  'units.code.grade': ['没有统一规定，不核对。', 'There is no standard, so it is not checked.'],
  'units.code.class': ['没有统一规定，不核对。', 'There is no standard, so it is not checked.'],
  'units.nameUnusual': [
    '{kind}的名称一般不这样结尾。如果没错，可以照样保存。',
    'The name of a {kind} does not usually end like this. If it is right, keep it.',
  ],
  'units.prefecture': ['所属市（州）', 'City or prefecture above it'],
  'units.prefectureHint': ['例如“岳阳市”。省由代码读出，不用填。', 'Such as 岳阳市. The province is read from the code.'],
  'units.edit': ['修改“{name}”', 'Change {name}'],
  'units.editShort': ['修改', 'Change'],
  'units.save': ['保存', 'Save'],
  'units.changed': ['已保存“{name}”', '{name} was saved'],
  'units.create': ['添加', 'Add'],
  'units.created': ['已添加“{name}”', '{name} was added'],
  'units.emptyTitle': ['还没有学校', 'There is no school yet'],
  'units.emptyHint': ['先添加一所学校，再在学校下添加班级。', 'Add a school first, then its classes.'],
  'units.noClass': ['还没有班级', 'no class yet'],
} as const satisfies Words
