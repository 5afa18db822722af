// node:stream/web: https://nodejs.org/api/webstreams.html

export * from 'internal:streams';
export * as default from 'internal:streams';
