// Packs the files of a built web application into one binary, an assembler file that includes it, and
// a table in C++ that says where in it each file stands.
//
//   node pack.mjs DIST INTO
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const types = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  webmanifest: 'application/manifest+json',
  woff2: 'font/woff2',
};

const [dist, into] = process.argv.slice(2).map((path) => resolve(path));
const pagesFolder = fileURLToPath(new URL('src/pages', import.meta.url));

function listFiles(folder, prefix = '') {
  return readdirSync(join(folder, prefix), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory() ? listFiles(folder, `${prefix}${entry.name}/`) : [`${prefix}${entry.name}`],
    );
}

/** A page is a folder of src/pages with a Page.svelte; its name is the first word of its address. */
function listPages() {
  return readdirSync(pagesFolder)
    .filter((name) => existsSync(join(pagesFolder, name, 'Page.svelte')))
    .sort();
}

function typeOf(name) {
  const type = types[name.slice(name.lastIndexOf('.') + 1)];
  if (!type) throw new Error(`${name}: pack.mjs knows no media type for it; add one`);
  return type;
}

/** Writes only what differs, so that nothing is built again for the same bytes. */
function write(name, bytes) {
  const path = join(into, name);
  if (!existsSync(path) || !readFileSync(path).equals(Buffer.from(bytes))) writeFileSync(path, bytes);
}

const parts = [];
let length = 0;
function place(bytes) {
  parts.push(bytes);
  length += bytes.length;
  return `bytes(${length - bytes.length}, ${bytes.length})`;
}

const rows = listFiles(dist).map((name) => {
  const bytes = readFileSync(join(dist, name));
  const tag = createHash('sha256').update(bytes).digest('hex').slice(0, 24);
  const packed = [gzipSync(bytes, { level: 9 }), brotliCompressSync(bytes)].map((small) => (small.length < bytes.length * 0.95 ? place(small) : '{}'));
  const isForever = name.startsWith('assets/');
  return `        WebFile{"/${name}", "${typeOf(name)}", "\\"${tag}\\"", ${place(bytes)}, ${packed.join(', ')}, ${isForever}},`;
});
const pages = listPages();

write('web_files.bin', Buffer.concat(parts));
write(
  'web_files.S',
  `    .section .rodata
    .global adic_web_files
    .balign 16
adic_web_files:
    .incbin "${join(into, 'web_files.bin')}"
    .section .note.GNU-stack,"",%progbits
`,
);
write(
  'web_files.cpp',
  `// Written by web/pack.mjs.
#include "adic/server/web_application.hpp"

#include <array>
#include <cstddef>

extern "C" const char adic_web_files[];

namespace adic::server {
namespace {

std::string_view bytes(std::size_t from, std::size_t length) {
    return {adic_web_files + from, length};
}

}  // namespace

WebApplication built_web_application() {
    static const std::array<WebFile, ${rows.length}> files{
${rows.join('\n')}
    };
    static constexpr std::array<std::string_view, ${pages.length}> pages{${pages.map((page) => `"${page}"`).join(', ')}};
    return {files, pages};
}

}  // namespace adic::server
`,
);
