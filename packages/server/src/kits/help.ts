// What `npm run server -- --help` says of the commands of kits.
const help = [
  `  kit make <学校> <文件>     在县（区）服务器上：把一所学校的笔记本需要的内容写成一个加密文件
  kit take <文件>            在笔记本上，数据文件夹要空；会问口令
  kit home <文件>            在笔记本上：把装入离线包以来的全部数据加密，只有县（区）服务器能打开
  kit receive <文件>         在县（区）服务器上：接收当日数据，全部写入或全不写入；再收一次也不会重复
      请先停止服务器，或用页面“离线包”。`,
  `  kit make <school> <file>   on the county's server: a sealed file with what the laptop of one school needs
  kit take <file>            on the laptop, into an empty data folder; asks for the passphrase
  kit home <file>            on the laptop: everything since the kit, sealed for the county's server
  kit receive <file>         on the county's server: takes a day in, all or nothing; twice is the same as once
      Stop the server first, or use its page Offline kits.`,
] as const
export const kitHelp = (language: 0 | 1): string => help[language]
