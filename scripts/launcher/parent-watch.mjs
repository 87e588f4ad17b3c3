// Loaded into the program before its own code: when the launcher is gone, ask the program to end as Ctrl-C would.
const patience = 20_000

if (process.channel && process.env.TONGXING_LAUNCHER === String(process.ppid)) {
  process.on('disconnect', () => {
    setTimeout(() => process.exit(1), patience).unref()
    process.kill(process.pid, 'SIGTERM')
  })
  process.channel.unref()
}
