// The types of `zlib`.
