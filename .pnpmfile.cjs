// node-<platform> packages publish `os` and `cpu` as strings; pnpm reads only arrays.
const asArray = (value) => (typeof value === 'string' ? [value] : value)
const readPackage = (pkg) => (/^node-(linux|darwin|win)-/.test(pkg.name) ? { ...pkg, os: asArray(pkg.os), cpu: asArray(pkg.cpu) } : pkg)
module.exports = { hooks: { readPackage } }
