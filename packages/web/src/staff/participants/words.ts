import type { Words } from '../words.ts'

export const participantWords = {
  'list.add': ['添加学生', 'Add pupils'],
  'list.text': ['名单', 'List'],
  'list.hint': [
    '在表格里选中名单，复制，粘贴到这里。第一行是表头时，各列顺序不限；没有表头时按：姓名、学号、性别、出生日期、是否留守。学号和是否留守可以空着。',
    'Select the list in your spreadsheet, copy it and paste it here. With a header line the columns may stand in any order; without one they are: name, student number, sex, birth date, left behind. Student number and left behind may be empty.',
  ],
  'list.notYet': ['粘贴的内容先在本页检查，添加之前不会发送。', 'What you paste is checked on this page and not sent before you add it.'],
  'list.example': ['姓名\t学号\t性别\t出生日期\t是否留守', 'Name\tStudent number\tSex\tBirth date\tLeft behind'],
  'list.submit': ['添加 {count} 名学生', 'Add {count} pupils'],
  'list.ready': ['读到 {count} 名学生，没有发现问题。', '{count} pupils were read and nothing is wrong.'],
  'list.wrong': ['读到 {count} 名学生，其中 {wrong} 行需要改正。', '{count} pupils were read; {wrong} rows have to be corrected.'],
  'list.headerOnly': ['只读到表头，还没有学生。', 'Only a header line was read, no pupil yet.'],
  'list.correct': [
    '请在上面的名单里改正，或在表格里改正后重新粘贴：',
    'Correct these in the list above, or in your spreadsheet and paste again:',
  ],
  'list.ignored': ['这些列不会读取，也不会发送：{names}', 'these columns are neither read nor sent: {names}'],
  'list.more': ['还有 {count} 处', 'and {count} more'],
  'list.preview': ['将要添加的学生', 'Pupils to be added'],
  'list.row': ['行', 'Row'],
  'list.rowShort': ['第 {row} 行', 'row {row}'],
  'list.fault': ['第 {row} 行{name} · {column}：{what}', 'row {row}{name} · {column}: {what}'],
  'list.nameInFault': ['（{name}）', ' ({name})'],
  'list.cellEmpty': ['（空）', '(empty)'],
  'list.empty': ['不能空着', 'may not be empty'],
  'list.long': ['太长了：姓名最多 60 个字，学号最多 40 个字符', 'is too long: a name has at most 60 characters, a student number 40'],
  'list.rounded': [
    '表格软件把长数字缩写了，原来的学号已经看不到。请把这一列设为“文本”后重新填写',
    'was shortened by the spreadsheet and cannot be read back; format the column as text and enter it again',
  ],
  'list.sex': ['只能写：男、女、male、female', 'must be male, female, 男 or 女'],
  'list.date': [
    '不是日历上有的日期；可以写：2013-05-09、2013/5/9、2013年5月9日',
    'is no date of the calendar; write 2013-05-09, 2013/5/9 or 2013年5月9日',
  ],
  'list.age': ['学生应为 5 至 25 岁，请核对年份', 'a pupil is 5 to 25 years old, check the year'],
  'list.left-behind': ['只能写：是、否，或空着', 'must be yes, no or empty'],
  'list.twice': ['与第 {other} 行是同一名学生', 'is the same pupil as row {other}'],
  'list.enrolled': ['班里已经有这名学生', 'is already in this class'],
  'list.header-needed': [
    '超过五列，请把表头一起复制过来，才知道哪一列是什么',
    'there are more than five columns: copy the header line too, so that it is known which is which',
  ],
  'list.column-missing': ['表头里没有“{column}”这一列', 'the header line has no column for: {column}'],
  'list.too-many': ['一次最多添加 200 名，现在有 {count} 名', 'at most 200 pupils can be added at once, these are {count}'],
  'list.added': [
    '已添加 {count} 名学生。接着登记监护人的知情同意，才能安排席位。',
    '{count} pupils were added. Record the consent of their guardians next: seats need it.',
  ],
  'list.addedTell': ['已添加 {count} 名学生。', '{count} pupils were added.'],
} as const satisfies Words
