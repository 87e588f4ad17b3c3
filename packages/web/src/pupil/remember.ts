// Small things this device may know without knowing any pupil: the last session number, and whether the server is a demonstration.
const kept = (storage: () => Storage) => ({
  read: (name: string): string => {
    try {
      return storage().getItem(name) ?? ''
    } catch {
      return ''
    }
  },
  write: (name: string, value: string): void => {
    try {
      storage().setItem(name, value)
    } catch {
      // a convenience is lost, no answer
    }
  },
})

export const device = kept(() => localStorage)
export const tab = kept(() => sessionStorage)

/** Who sits at this tab. A reloaded page goes on at once; a tab that was closed and opened again asks for the code. */
export const seatOfTab = {
  write: (seat: string) => tab.write('tongxing.seat', seat),
  afterReload: (): string => {
    const [navigation] = performance.getEntriesByType('navigation')
    return navigation instanceof PerformanceNavigationTiming && navigation.type === 'reload' ? tab.read('tongxing.seat') : ''
  },
}
