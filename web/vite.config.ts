import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { outlines } from './geo';
import { heads } from './heads';

// The API of a running `adic serve`, for `npm run dev`.
const server = process.env.ADIC_SERVER ?? 'http://127.0.0.1:8080';

/**
 * What every page stands on comes as one file, and the maps as another: a file of its own for each part costs a slow line
 * more in heads and waiting than its bytes do. The rest comes with the pages that use it.
 */
function chunkOf(id: string): string | undefined {
  if (/\/src\/(lib\/atlas|ui\/WorldMap)\./.test(id)) return 'maps';
  if (/\/src\/(lib\/(cells|csv|picture_code|records|workbook)|ui\/FileDrop)\./.test(id)) return undefined;
  return /\/node_modules\/(svelte|esm-env|clsx)\/|\/reference\/states\.csv|\/src\/(lib|ui|shell|styles|main\.ts|pages\/index\.ts)/.test(id) ? 'frame' : undefined;
}

export default defineConfig({
  plugins: [svelte(), outlines(), heads()],
  build: {
    target: 'es2022',
    // Nothing inline: the policy of the server allows files of its own alone.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      output: {
        // The map's outlines and the messages change rarely and are fetched when they are needed.
        chunkFileNames: 'assets/[name]-[hash].js',
        manualChunks: chunkOf,
      },
    },
  },
  server: { fs: { allow: ['..'] }, proxy: { '/api': { target: server, changeOrigin: true }, '/plain': server } },
  // A machine that builds beside its tests is slow; a test that does not end still fails.
  test: { include: ['tests/unit/**/*.test.ts'], environment: 'node', testTimeout: 60_000 },
});
