// The one entry of every root script. It must load on an old Node, so that it can say what is missing in one sentence.
const [major, minor] = process.versions.node.split('.').map(Number)

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Tongxing needs Node 20.19 or newer to start; this is Node ${process.versions.node}.`)
  process.exit(1)
}

const { main } = await import('./launcher/main.mjs')
await main(process.argv.slice(2))
