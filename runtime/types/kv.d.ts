// The types of `krandog:kv`.
