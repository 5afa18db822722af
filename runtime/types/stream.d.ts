// The types of `stream`.
