// The guide of /trust in both languages.
import type { ProblemLanguage } from '../problem.ts'

export type Guide = {
  readonly title: string
  readonly why: readonly string[]
  readonly compare: string
  readonly compareHow: string
  readonly authority: string
  readonly until: string
  readonly download: string
  readonly install: string
  readonly devices: readonly { readonly name: string; readonly steps: readonly string[] }[]
  readonly risk: string
  readonly risks: readonly string[]
}

const chinese: Guide = {
  title: '让这台设备信任学校的童行服务器',
  why: [
    '学校的服务器不在互联网上，它的证书由学校自己的证书颁发机构签发。设备装一次这个机构的证书，浏览器就能认出服务器：作答和密码加密传送，学生的页面断网后也能重新打开。服务器换新证书时不用再装。',
  ],
  compare: '先核对指纹',
  compareHow:
    '指纹要和信息老师给的纸一致：那张纸是在服务器那台电脑上打开本页打印的。不要只看这台设备上的这一页，它也可能被人换过。有一处不同就不要安装，告诉信息老师。',
  authority: '颁发机构',
  until: '有效期至',
  download: '下载证书 tongxing-ca.crt',
  install: '安装',
  devices: [
    {
      name: 'Windows（Chrome、Edge）',
      steps: [
        '核对：在命令提示符里运行 certutil -hashfile tongxing-ca.crt SHA256。',
        '双击下载的文件 →“安装证书”→“本地计算机”（需要管理员；只给自己用选“当前用户”）。',
        '选“将所有的证书都放入下列存储”→“浏览”→“受信任的根证书颁发机构”→ 完成。',
        '关闭所有浏览器窗口，再打开。',
      ],
    },
    {
      name: '安卓手机和平板（Chrome）',
      steps: [
        '设置 → 安全 → 更多安全设置（或“加密与凭据”）→ 安装证书 → CA 证书 → 仍然安装 → 选下载的文件。各品牌的叫法略有不同；要先有锁屏密码。',
        '核对：设置 → 安全 → 信任的凭据 → 用户 → 点开，看 SHA-256。不一致就删除。',
        '系统以后会提示“网络可能受到监控”，这是因为装了证书。',
      ],
    },
    {
      name: 'iPhone 和 iPad（Safari）',
      steps: [
        '用 Safari 下载，允许下载描述文件（微信里打开的页面不行）。',
        '设置 → 已下载描述文件 → 安装前点“更多详细信息”核对 → 安装。',
        '设置 → 通用 → 关于本机 → 证书信任设置 → 打开这个机构的开关。没有这一步，浏览器仍然不认。',
      ],
    },
    {
      name: 'ChromeOS 和 Linux（Chrome、Chromium）',
      steps: [
        '核对：在终端里运行 sha256sum tongxing-ca.crt（ChromeOS 没有终端时，导入后在证书详情里看）。',
        '设置 → 隐私和安全 → 安全 → 管理证书 → 授权机构（或“本地证书”里的“可信证书”）→ 导入 → 勾选“信任该证书，以标识网站身份”。',
        '学校统一管理的 Chromebook 由管理员在管理控制台里一次下发。',
      ],
    },
    {
      name: 'macOS（Safari、Chrome）',
      steps: ['双击文件，加入“系统”钥匙串；打开它核对 SHA-256 →“信任”→ 使用此证书时“始终信任”。'],
    },
    {
      name: 'Firefox（任何电脑）',
      steps: ['设置 → 隐私与安全 → 证书 → 查看证书 → 证书颁发机构 → 导入 → 勾选“信任由此证书颁发机构来标识网站”；核对 SHA-256。'],
    },
  ],
  risk: '有什么风险',
  risks: [
    '谁拿到服务器上这个机构的私钥，谁就能在校内网络里对这台设备冒充学校的服务器。私钥只在服务器的数据文件夹里；那台电脑丢了、被人动过，请立即在所有设备上删除这个证书，并让信息老师用 --new-ca 另建一个。',
    '这个机构只能为局域网地址、本地名称和建立时写明的名称签发，不能冒充公共网站；这一限制由浏览器和系统执行，很旧的系统可能不执行。',
    '请只装在学校的设备上。学生和家长的手机不必装；不再使用时，在安装的地方把它删除。',
    '没有装证书时浏览器会警告。不要点“继续前往”来登录或作答：那样不知道对面是谁。',
  ],
}

const english: Guide = {
  title: 'Let this device trust the school’s Tongxing server',
  why: [
    'The school’s server is not on the internet; its certificate is signed by an authority of the school’s own. Once a device has that authority’s certificate, its browser knows the server: answers and passwords travel encrypted, and the pupil’s page opens again without a network. When the server renews its own certificate, nothing has to be installed again.',
  ],
  compare: 'First compare the fingerprint',
  compareHow:
    'It has to equal the one on the paper from the IT teacher, who printed this page on the server’s own computer. Do not rely on this page as this device shows it: somebody may have changed that as well. If one place differs, install nothing and tell the IT teacher.',
  authority: 'Authority',
  until: 'Valid until',
  download: 'Download the certificate tongxing-ca.crt',
  install: 'Install',
  devices: [
    {
      name: 'Windows (Chrome, Edge)',
      steps: [
        'Compare: run certutil -hashfile tongxing-ca.crt SHA256 in the command prompt.',
        'Double-click the file → Install Certificate → Local Machine (needs an administrator; Current User for yourself alone).',
        'Place all certificates in the following store → Browse → Trusted Root Certification Authorities → Finish.',
        'Close every browser window and open it again.',
      ],
    },
    {
      name: 'Android phones and tablets (Chrome)',
      steps: [
        'Settings → Security → More security settings (or Encryption & credentials) → Install a certificate → CA certificate → Install anyway → the downloaded file. Makers use slightly different words; a screen lock is needed first.',
        'Compare: Settings → Security → Trusted credentials → User → open it, see SHA-256. Remove it if it differs.',
        'The system will say from now on that the network may be monitored: that is because of the certificate.',
      ],
    },
    {
      name: 'iPhone and iPad (Safari)',
      steps: [
        'Download it with Safari and allow the profile (not inside another app).',
        'Settings → Profile Downloaded → compare under More Details → Install.',
        'Settings → General → About → Certificate Trust Settings → switch this authority on. Without this step browsers do not accept it.',
      ],
    },
    {
      name: 'ChromeOS and Linux (Chrome, Chromium)',
      steps: [
        'Compare: run sha256sum tongxing-ca.crt in a terminal (on ChromeOS without one, see the certificate’s details after the import).',
        'Settings → Privacy and security → Security → Manage certificates → Authorities (or Trusted certificates among the local ones) → Import → tick that it may identify websites.',
        'Chromebooks that the school manages get it from the administrator’s console, all at once.',
      ],
    },
    {
      name: 'macOS (Safari, Chrome)',
      steps: [
        'Double-click the file, add it to the System keychain; open it, compare SHA-256 → Trust → When using this certificate: Always Trust.',
      ],
    },
    {
      name: 'Firefox (any computer)',
      steps: [
        'Settings → Privacy & Security → Certificates → View Certificates → Authorities → Import → tick that it may identify websites; compare SHA-256.',
      ],
    },
  ],
  risk: 'What is risky about it',
  risks: [
    'Whoever has the authority’s private key can stand for the school’s server towards this device, on the school’s network. The key is only in the data folder of the server. If that computer is lost or was tampered with, remove this certificate from every device at once and have the IT teacher make another authority with --new-ca.',
    'The authority can sign only for private addresses, local names and the names written into it when it was made, not for public websites. Browsers and systems enforce that; a very old system may not.',
    'Install it on the school’s devices only. Pupils’ and parents’ phones do not need it; remove it where you installed it when it is no longer used.',
    'Without the certificate a browser warns. Do not click on to sign in or to answer: you would not know who is at the other end.',
  ],
}

export const guides: Readonly<Record<ProblemLanguage, Guide>> = { 'zh-CN': chinese, en: english }
