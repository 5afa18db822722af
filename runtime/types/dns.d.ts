// The types of `dns`.
