// The types of `krandog:sqlite`.
