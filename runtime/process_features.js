// process.features: https://nodejs.org/api/process.html#processfeatures

export const features = Object.freeze({
  inspector: false,
  debug: false,
  uv: false,
  ipv6: true,
  tls_alpn: true,
  tls_sni: true,
  tls_ocsp: false,
  tls: true,
  cached_builtins: false,
  require_module: true,
  typescript: false,
});
