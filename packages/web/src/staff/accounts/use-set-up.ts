import { answered, server } from '../server.ts'
import { useRequest } from '../shell/use-request.ts'

/** Whether this server waits for its first account, whether its data are made up, and whether it signs people in by links; unknown at first. */
export const useSetUp = (): { readonly needed: boolean; readonly demo: boolean; readonly signInLinks: boolean } => {
  const request = useRequest(() => answered(server.GET('/api/v1/setup')), [])
  return request.kind === 'ready' ? request.value : { needed: false, demo: false, signInLinks: false }
}
