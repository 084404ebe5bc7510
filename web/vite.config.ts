import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { outlines } from './geo';

// The API of a running `adic serve`, for `npm run dev`.
const server = process.env.ADIC_SERVER ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [svelte(), outlines()],
  build: {
    target: 'es2022',
    // Nothing inline: the policy of the server allows files of its own alone.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      output: {
        // The map's outlines and the messages change rarely and are fetched when they are needed.
        chunkFileNames: 'assets/[name]-[hash].js',
      },
    },
  },
  server: { fs: { allow: ['..'] }, proxy: { '/api': { target: server, changeOrigin: true }, '/plain': server } },
  test: { include: ['tests/unit/**/*.test.ts'], environment: 'node' },
});
