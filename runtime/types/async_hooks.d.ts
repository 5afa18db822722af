// The types of `async_hooks`.
