// The OpenAPI document: from the schemas of the routes, and the problem that any of them may answer with.
import { jsonSchemaTransform } from '@fastify/type-provider-zod'

const problem = {
  description: 'a problem (RFC 9457): the caller was wrong, or the server cannot answer now',
  content: {
    'application/problem+json': {
      schema: {
        type: 'object',
        properties: {
          type: { type: 'string' },
          code: { type: 'string', description: 'what to go by: noun.fact' },
          status: { type: 'integer' },
          detail: { type: 'string', description: 'a sentence in the language of Accept-Language: zh-CN or en' },
          parameters: { type: 'object', additionalProperties: { type: ['string', 'number'] } },
        },
        required: ['type', 'code', 'status', 'detail', 'parameters'],
        additionalProperties: false,
      },
    },
  },
}

export const transform: typeof jsonSchemaTransform = (route) => {
  const { schema, url } = jsonSchemaTransform(route)
  const { response, ...rest } = schema as { response?: Record<string, unknown> }
  return url.startsWith('/api/') ? { url, schema: { ...rest, response: { ...response, default: problem } } } : { url, schema }
}
