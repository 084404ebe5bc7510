// The file that answers for a page: index.html with what the page is made of named in its head, so that a browser asks for
// all of it at once and not for one file after the other has been read. That of the overview is index.html itself.
import type { OutputBundle, OutputChunk } from 'rollup';
import type { Plugin } from 'vite';

const home = 'overview';

function chunks(bundle: OutputBundle): OutputChunk[] {
  return Object.values(bundle).filter((one) => one.type === 'chunk');
}

/** A chunk and those that it imports, without what stands in `known`. */
function closureOf(bundle: OutputBundle, file: string, known: Set<string>): OutputChunk[] {
  const chunk = bundle[file];
  if (chunk?.type !== 'chunk' || known.has(file)) return [];
  known.add(file);
  return [chunk, ...chunk.imports.flatMap((one) => closureOf(bundle, one, known))];
}

export function headOf(bundle: OutputBundle, page: string, html: string): string {
  const isOf = (chunk: OutputChunk, path: string) => chunk.facadeModuleId?.endsWith(`/src/${path}`) ?? false;
  const wanted = [`pages/${page}/Page.svelte`, 'messages/en/shell.json', `messages/en/${page}.json`];
  const known = new Set(chunks(bundle).map((chunk) => chunk.fileName).filter((name) => html.includes(name)));
  const found = wanted
    .flatMap((path) => chunks(bundle).filter((chunk) => isOf(chunk, path)))
    .flatMap((chunk) => closureOf(bundle, chunk.fileName, known));
  const styles = found.flatMap((chunk) => [...(chunk.viteMetadata?.importedCss ?? [])]).filter((name) => !html.includes(name));
  return [
    ...found.map((chunk) => `<link rel="modulepreload" crossorigin href="/${chunk.fileName}">`),
    ...[...new Set(styles)].map((name) => `<link rel="stylesheet" crossorigin href="/${name}">`),
  ].join('\n    ');
}

export function heads(): Plugin {
  return {
    name: 'adic-heads',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const index = bundle['index.html'];
        if (index?.type !== 'asset') throw new Error('there is no index.html');
        const html = String(index.source);
        const withHead = (page: string) => html.replace('</head>', `  ${headOf(bundle, page, html)}\n  </head>`);
        const names = chunks(bundle).flatMap((chunk) => /\/src\/pages\/(\w+)\/Page\.svelte$/.exec(chunk.facadeModuleId ?? '')?.[1] ?? []);
        for (const name of names.filter((one) => one !== home)) this.emitFile({ type: 'asset', fileName: `${name}.html`, source: withHead(name) });
        index.source = withHead(home);
      },
    },
  };
}
