// fetch, which is native: https://fetch.spec.whatwg.org/#fetch-method

export { fetch } from 'ops:internal:fetch';
