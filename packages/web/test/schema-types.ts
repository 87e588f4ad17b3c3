// The types of the API as openapi-typescript writes them. Only the golden and its test ask; no page does.
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript'

const document = new URL('../../server/openapi.json', import.meta.url)

export const schemaTypes = async (): Promise<string> => COMMENT_HEADER + astToString(await openapiTS(document))
