// A neutral text to begin with, written for this program. What stands in 【】 is for the school to fill; nothing with 【】 left can be
// published. It is no legal advice: the operator's counsel decides what the notice says.
import type { NoticeField } from '../../i18n/notice.ts'
import type { Notice } from '../wire.ts'

type Pair = readonly [chinese: string, english: string]
type Purpose = Notice['purpose']

export const hasGap = (text: string) => /[【】]/.test(text)

export const startingTitle: Readonly<Record<Purpose, Pair>> = {
  screening: ['心理健康筛查告知书', 'Notice: psychological screening'],
  'follow-up': ['后续关怀告知书', 'Notice: follow-up care'],
  research: ['参加研究告知书', 'Notice: taking part in research'],
  sharing: ['向第三方提供信息告知书', 'Notice: sharing information'],
}

const why: Readonly<Record<Purpose, Pair>> = {
  screening: [
    '了解学生近来的情绪和感受，及早发现需要帮助的学生。筛查结果不是诊断，由心理老师看过之后再决定是否联系您和孩子。',
    'To learn how pupils have been feeling and to notice early who may need help. A result is no diagnosis; the counsellor looks at it before getting in touch.',
  ],
  'follow-up': [
    '心理老师根据筛查结果与孩子谈话、联系家庭、制订和跟进帮助计划。',
    'So that the counsellor can talk with your child, reach the family, and plan and follow up help after the screening.',
  ],
  research: [
    '把作答去掉姓名、学号和日期后用于研究【研究名称】，了解怎样更好地帮助学生。',
    'To use the answers, without names, numbers and dates, in the study 【name of the study】 on how pupils can be helped better.',
  ],
  sharing: ['把【哪些信息】提供给【接收方】，用于【目的】。', 'To give 【which information】 to 【recipient】 for 【purpose】.'],
}

const common: Readonly<Record<Exclude<NoticeField, 'why'>, Pair>> = {
  controller: [
    '【学校全称】。地址：【地址】；电话：【电话】。',
    '【full name of the school】. Address: 【address】; telephone: 【telephone】.',
  ],
  responsible: ['【姓名和职务】，电话：【电话】。', '【name and post】, telephone: 【telephone】.'],
  what: [
    '姓名、学号、性别、出生日期、班级、是否留守；问卷作答和由此计算的分数；您和孩子的同意记录。不收集【不收集的内容】。',
    'Name, student number, sex, birth date, class, whether a parent works away; answers and the scores computed from them; your and your child’s consent. Not collected: 【what is not】.',
  ],
  how: [
    '孩子在学校用电脑、手机或纸质问卷作答，大约【分钟】分钟。姓名和作答分开保存；每一条提示都由心理老师复核，不由机器单独作决定。',
    'Your child answers at school on a computer, a phone or paper, in about 【minutes】 minutes. Names and answers are kept apart; a counsellor looks at every alert, and no machine decides alone.',
  ],
  necessity: [
    '心理健康信息是敏感个人信息。不收集就无法知道谁需要帮助。有的题目可能让孩子想起难过的事；孩子可以跳过任何一题，也可以随时停下来。',
    'Information on mental health is sensitive. Without it nobody would know who needs help. Some questions may touch on sad things; your child may skip any of them and stop at any time.',
  ],
  where: [
    '保存在【学校或县（区）】的服务器上，地点：【地点】，不传到境外。',
    'On the server of 【the school or the county】 in 【place】; nothing leaves the country.',
  ],
  retention: [
    '姓名等信息保存到【期限】，作答和分数保存到【期限】。到期后【由谁、怎样删除，或去掉能认出孩子的内容】。',
    'Names are kept until 【period】, answers and scores until 【period】. After that 【who erases them or makes them unrecognisable, and how】.',
  ],
  security: [
    '只有有账号并经两步登录的工作人员能看到；姓名和作答分开存放；每次查看都有记录。备份【怎样保管】。',
    'Only staff with an account and two-step sign-in see it; names and answers are stored apart; each look is recorded. Backups are kept 【how】.',
  ],
  seenBy: [
    '学校的心理老师能看到结果。班主任和任课老师看不到作答、结果，也看不到您是否同意。管理员管理名册和同意记录，不看作答。纸质问卷由【谁】录入，录入的人会看到纸上的作答。',
    'The counsellor of the school sees results. Class teachers see neither answers nor results, nor whether you consented. Administrators keep rosters and consents and are shown no answers. Paper sheets are keyed by 【whom】, who see what is on the paper.',
  ],
  sharedWith: [
    '【不提供给其他单位，或者提供给谁】。孩子有紧急危险时，会依法告知能提供帮助的人和单位。',
    '【Nobody else, or to whom】. Where a child is in urgent danger those who can help are told, as the law provides.',
  ],
  refusal: [
    '您和孩子都可以不同意，不需要说明理由。不同意不影响上学、评价和得到帮助；孩子不参加这次测评，班主任不会知道原因。',
    'You and your child may refuse without giving a reason. It changes nothing at school and no help is withheld; your child does not take part, and the class teacher is not told why.',
  ],
  withdrawal: [
    '随时可以撤回：告诉心理老师，或在有效期内用远程链接再选一次。撤回筛查之后不再安排测评，以前的作答也不再进入新的研究数据集；之前合法的处理仍然有效；已经出现的安全问题，学校仍会关心。',
    'You may withdraw at any time: tell the counsellor, or open the link again while it is valid. After withdrawing from screening no session is arranged and earlier answers enter no new research dataset; what was done before stays lawful, and a concern for safety is still cared for.',
  ],
  correction: [
    '向【部门和电话】提出，可以查阅、复制、更正、补充或删除孩子的信息，【天数】天内答复；由【谁、怎样】办理。',
    'Ask 【office and telephone】 to see, copy, correct, complete or erase the information; you get an answer within 【days】 days; it is done by 【whom, and how】.',
  ],
  complaint: [
    '可以向学校【部门和电话】投诉，也可以向【县（区）教育局电话】或网信部门投诉、举报。',
    'Complain to 【office and telephone】 of the school, to 【telephone of the county’s education bureau】, or to the cyberspace authority.',
  ],
  rights: [
    '孩子未满十四周岁时由监护人决定，并听取孩子的意见；孩子自己不愿意时不参加。受委托照护的人不能代替监护人决定。',
    'Under fourteen the guardian decides and the child is heard; a child who does not want to takes no part. Who cares for a child on the parents’ behalf cannot decide for them.',
  ],
}

export const startingText = (field: NoticeField, purpose: Purpose): Pair => (field === 'why' ? why[purpose] : common[field])
