// The types of `tls`.
