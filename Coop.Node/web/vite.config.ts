import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// `npm run dev` serves the client with hot reload and passes the node's own paths to a running node.
const node = process.env['COOP_NODE'] ?? 'http://localhost:5080';
const nodePaths = [
  '/api', '/log', '/witness', '/federation', '/status', '/openid4vci', '/openid4vp', '/metrics', '/.well-known',
  '/health', '/openapi',
];

export default defineConfig({
  plugins: [svelte()],
  build: {
    outDir: '../wwwroot',
    emptyOutDir: true,
    // Inlined assets would need data: in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
  },
  server: {
    proxy: Object.fromEntries(nodePaths.map((path) => [path, { target: node }])),
  },
  test: {
    include: ['tests/**/*.test.ts'],
    environment: 'node',
  },
});
