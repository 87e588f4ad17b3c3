// What people read in the terminal: Chinese and English side by side in one table. Whoever set the language of the computer reads that one;
// where nothing says which, both are told.
const words = {
  ready: ['童行 {version} 已启动', 'Tongxing {version} is ready'],
  network: ['学校网络里的地址', "on the school's network"],
  onlyHere: ['只有这台电脑能打开；要让学校网络也能打开', 'only this computer can reach it; for the school network'],
  noContact: [
    '求助页还没有写学校里找谁：请设置 TONGXING_SCHOOL_CONTACT',
    'the help page names nobody at school yet: set TONGXING_SCHOOL_CONTACT to whom a pupil can turn to',
  ],
  setUp: [
    '还没有任何账号。请在一天之内打开这个链接（只能用一次），建立第一个账号',
    'nobody has an account yet. Open this link once, within a day, to make the first one',
  ],
  trust: ['每台设备信任一次本服务器的证书', "each device trusts this server's certificate once"],
  simulated: [
    '这里的数据全部是虚构的，页面上都会写明；真实数据请用另一个数据文件夹（TONGXING_DATA）',
    'all data here are made up, and every page says so; for real ones name another data folder (TONGXING_DATA)',
  ],
  stop: ['按 Ctrl-C 停止', 'Ctrl-C stops it'],
  migrated: ['数据库已更新', 'database migrated'],
  stopped: ['童行已停止', 'Tongxing has stopped'],
  cannotStart: ['童行无法启动', 'Tongxing cannot start'],
  ownError: ['童行因自身错误停止', 'Tongxing stops after an error of its own'],
  folderInUse: [
    '数据文件夹 {path} 正由 {holder} 使用；请先停止它，或指定另一个文件夹',
    'the data folder {path} is in use by {holder}; stop that one first, or name another folder',
  ],
  folderForeign: [
    '数据文件夹 {path} 不能用：里面有别的文件，又没有童行的数据；请指定一个空的或新的文件夹',
    'the data folder {path} cannot be used: it is not empty and holds no data of Tongxing; name an empty or a new folder',
  ],
  portInUse: [
    '端口 {port} 正被其他程序使用；请停止那个程序，或用 TONGXING_PORT 另选一个端口',
    'port {port} is in use by another program; stop that one, or choose another port with TONGXING_PORT',
  ],
  portForbidden: [
    '这个用户不能使用端口 {port}；请用 TONGXING_PORT 选一个 1023 以上的端口',
    'port {port} may not be used by this user; choose one above 1023 with TONGXING_PORT',
  ],
  hostForeign: [
    'TONGXING_HOST 是 {host}，这台电脑没有这个地址；请用 127.0.0.1，或用 0.0.0.0 表示整个网络',
    'TONGXING_HOST is {host}, which is no address of this computer; use 127.0.0.1, or 0.0.0.0 for the whole network',
  ],
  authorityMade: ['已建立本校自己的证书颁发者 {name}，有效期至 {until}', 'Made an authority of this school’s own: {name}, until {until}'],
  authorityKept: ['沿用各设备已信任的证书颁发者 {name}，有效期至 {until}', 'Kept the authority that devices trust: {name}, until {until}'],
  authorityKey: [
    '它的私钥留在 {file}：谁拿到它，谁就能冒充这台服务器。',
    'Its private key stays in {file}: whoever has it can stand for this server.',
  ],
  certificateMade: [
    '已建立服务器证书，有效期至 {until}；再运行同一命令即可续期。',
    'Made the server’s certificate, until {until}; the same command renews it.',
  ],
  certificateNames: ['证书写明的名称和地址：{names}', 'It names {names}'],
  certificateLeftOut: [
    '没有写入，因为颁发者无权为它签名：{names}（--new-ca 可以新建一个有权的）',
    'Left out, because the authority may not sign for it: {names} (--new-ca makes one that may)',
  ],
  notWhileOpen: [
    '请在没有进行中场次时这样做：设备上用 http:// 地址保存、等待发送的作答，在 https:// 下找不到。',
    'Do this while no session is open: answers that wait on a device under an http:// address are not found under https://.',
  ],
  trustAuthority: [
    '每台设备要信任一次这个颁发者：服务器运行时 /trust 页写着做法，也可以用 U 盘带 {file}。',
    'Each device has to trust the authority once: the page /trust of the running server says how, or take {file} on a stick.',
  ],
  httpsNext: ['下次 npm start 起，服务器使用 https。', 'From the next npm start on the server speaks https.'],
  certificateEnded: [
    '证书已于 {day} 到期，浏览器会拒绝它：停下服务器，运行 {command}，再启动',
    'the certificate ended on {day} and browsers refuse it: stop the server, run {command}, start again',
  ],
  certificateNotYet: [
    '证书从 {day} 才开始有效：这台电脑的时间对吗？',
    'the certificate begins only on {day}: is the clock of this computer right?',
  ],
  certificateEnds: [
    '证书将于 {day} 到期：停下服务器，运行 {command}，再启动',
    'the certificate ends on {day}: stop the server, run {command}, start again',
  ],
  certificateUnnamed: [
    '证书没有写明 {names}：停下服务器，运行 {command}，再启动',
    'the certificate does not name {names}: stop the server, run {command}, start again',
  ],
  whichCommand: ['要运行哪个命令？有 tls 和 kit；--help 有说明', 'which command? tls and kit are there; --help explains them'],
  daysWrong: ['--days 是 1 到 {most} 的整数', '--days is a whole number from 1 to {most}'],
  commandWrong: ['命令写法不对：{what}', 'the command cannot be read: {what}'],
  kitMade: [
    '{school}的离线包已做好：{pupils} 名学生，{accounts} 个可登录的账号，{sessions} 个计划中的场次；最后一天 {until}',
    'Made a kit for {school}: {pupils} pupils, {accounts} people who can sign in, {sessions} planned sessions; its last day is {until}',
  ],
  kitNoAdministrator: [
    '注意：这所学校还没有自己的管理员，在笔记本上没有人能在页面上写出当日数据。请在“账号”里新建一位，再重新制作。',
    'Careful: the school has no administrator of its own, so nobody can write its days on the page of the laptop. Invite one under Accounts and make the kit again.',
  ],
  kitPassphraseOnce: [
    '口令只在这里显示一次。请用电话或纸条告诉学校，不要和文件放在同一个U盘里：',
    'Its passphrase is told now and never again. Tell it by telephone or on paper, not on the same stick:',
  ],
  kitPassphrase: ['离线包的口令', 'Passphrase of the kit'],
  kitTakenBefore: [
    '{school}的这个离线包之前已经装入，什么都没有改变。',
    'This kit of {school} was taken here before; nothing was changed.',
  ],
  kitTaken: [
    '已装入{county}{school}的离线包：{pupils} 名学生，{accounts} 个可登录的账号；最后一天 {until}',
    'Took the kit of {school}, {county}: {pupils} pupils, {accounts} people who can sign in; its last day is {until}',
  ],
  kitSignIn: [
    '他们用在县（区）服务器上的密码和动态码登录。接着运行 npm start',
    'They sign in with the password and the one-time code that they have at the county. npm start',
  ],
  kitSeatCodes: [
    '县（区）服务器上的座位码在这里无效：测评前请重新打印。',
    'Seat codes of the county are not valid here: print new ones before a session.',
  ],
  kitDayWritten: [
    '第 {counter} 次数据已写好：{sheets} 份作答，以及装入离线包以来的其他全部数据，只有县（区）服务器能打开',
    'Wrote day {counter}: {sheets} sheets and all else since the kit, for the county’s server alone',
  ],
  kitDayReceived: ['{school}第 {counter} 次数据已接收，SHA-256 {hash}', 'Took in day {counter} of {school}, SHA-256 {hash}'],
  kitDayAgain: ['{school}第 {counter} 次数据再次接收，SHA-256 {hash}', 'Took in again day {counter} of {school}, SHA-256 {hash}'],
  kitDaySheets: [
    '文件里有 {inBundle} 份作答 = 新存 {stored} 份 + 已有 {known} 份 + 冲突（两份都保留）{conflicts} 份',
    'sheets: {inBundle} in the file = {stored} stored + {known} known + {conflicts} kept as a conflict',
  ],
  kitDayFlags: ['新的预警 {flags} 条；新的冲突 {conflicts} 处', 'flags raised here: {flags}; new conflicts: {conflicts}'],
  kitNothingNew: ['没有新的内容', 'nothing in it was new'],
  kitNoSuchSchool: ['这里没有名称、代码或编号为“{school}”的学校', 'no school here has the name, code or id {school}'],
  kitSeveralSchools: [
    '有几所学校叫“{school}”，请写其中一所的编号：{ids}',
    'several schools are called {school}; give the id of one: {ids}',
  ],
  kitNothingHome: ['这台电脑没有装入过离线包，没有可以带回的数据', 'no kit was taken here, so there is nothing to bring home'],
  kitWhich: [
    '要做哪一件？make <学校> <文件>、take <文件>、home <文件> 或 receive <文件>；--help 有说明',
    'which kit command? make <school> <file>, take <file>, home <file> or receive <file>; --help explains them',
  ],
  fileThere: ['{file} 已经存在，请写一个新的文件名', '{file} is there already; name a new file'],
  fileUnreadable: ['无法读取 {file}：{why}', '{file} cannot be read: {why}'],
} as const satisfies Table

type Table = Readonly<Record<string, readonly [chinese: string, english: string]>>
type Parameters = Readonly<Record<string, string | number>>
type Tongue = 'zh' | 'en' | 'both'

const fill = (sentence: string, parameters: Parameters) =>
  sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(parameters[name] ?? ''))

/** The language in which this computer speaks to its user, by the variables that every shell sets; C and POSIX are none. */
export const tongueOf = (env: Readonly<Record<string, string | undefined>>): Tongue => {
  const said = env.LC_ALL || env.LC_MESSAGES || env.LANG || ''
  return /^zh/i.test(said) ? 'zh' : /^en/i.test(said) ? 'en' : 'both'
}

/** The widest line of two languages; a longer one becomes two. */
const widest = 100

const joined = (tongue: Tongue, chinese: string, english: string, indent: string): string => {
  if (tongue !== 'both') return `${indent}${tongue === 'zh' ? chinese : english}`
  const one = `${indent}${chinese} · ${english}`
  return one.length <= widest ? one : `${indent}${chinese}\n${indent}${english}`
}

type Telling<Key> = { readonly key: Key; readonly with?: Parameters; readonly value?: string; readonly indent?: string }

/** Says a row of a table, with a value behind it that is the same in every language. */
export const speaking =
  <Rows extends Table>(table: Rows, tongue: Tongue) =>
  ({ key, with: parameters = {}, value, indent = '' }: Telling<keyof Rows & string>): string => {
    const [chinese, english] = table[key]!.map((sentence) => fill(sentence, parameters)) as [string, string] // each row has two
    const said = joined(tongue, chinese, english, indent)
    return value === undefined ? said : `${said}: ${value}`
  }

export const terminalWords = (tongue: Tongue) => speaking(words, tongue)

/** An error that a person at the terminal is told of in words of the table. */
export class Told extends Error {
  readonly key: keyof typeof words
  readonly parameters: Parameters
  constructor(key: keyof typeof words, parameters: Parameters, cause?: unknown) {
    super(fill(words[key][1], parameters), { cause })
    this.key = key
    this.parameters = parameters
  }
}

/** A problem as the table of problems tells it, which stands downstream. */
type ProblemToTell = Error & { readonly body: (language: 'zh-CN' | 'en') => { readonly detail: string } }
const isProblem = (error: unknown): error is ProblemToTell => error instanceof Error && 'body' in error && typeof error.body === 'function'

/** What is refused, in the words of this table or of the problems; what neither has, as the error says it. */
export const refusalIn = (error: unknown, tongue: Tongue): string => {
  const told = (chinese: string, english: string) => (tongue === 'both' ? `${chinese}\n${english}` : tongue === 'zh' ? chinese : english)
  if (error instanceof Told) return told(fill(words[error.key][0], error.parameters), error.message)
  if (isProblem(error)) return told(error.body('zh-CN').detail, error.body('en').detail)
  return error instanceof Error ? error.message : String(error)
}

/** Why it cannot start: in the words of the table where it has them, otherwise as the error says it, in English. */
export const reasonIn = (error: unknown, tongue: Tongue): string => {
  const head = (language: 0 | 1) => words.cannotStart[language]
  const english = `${head(1)}: ${error instanceof Error ? error.message : String(error)}`
  if (tongue === 'en') return english
  const chinese = error instanceof Told ? `${head(0)}：${fill(words[error.key][0], error.parameters)}` : `${head(0)}：`
  if (error instanceof Told) return tongue === 'zh' ? chinese : `${chinese}\n${english}`
  return `${chinese}\n${english}`
}
