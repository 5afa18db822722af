// The types of `node:test`.
