// The types of `child_process`.
