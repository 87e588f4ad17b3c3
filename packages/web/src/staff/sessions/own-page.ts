// Which build of the pages this one is: the name of its first script, which changes with every build.
const ownScript = () => document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.src.split('/').pop() ?? ''

/** `served`: the name of the script that the server hands out now; null where it serves no pages. */
export const isOlderThan = (served: string | null): boolean => {
  const own = ownScript()
  return served !== null && own.startsWith('staff-') && own !== served
}
