// What a page saves for a spreadsheet: a workbook whose parts are where a ZIP and ECMA-376 say, and one CSV of several tables.
import { describe, expect, it } from 'vitest';
import { gzipSync } from 'node:zlib';
import { toWorkbook } from '../../src/lib/workbook';
import { sheetOf } from '../../src/ui/table';

interface Part {
  path: string;
  text: string;
}

/** Reads a ZIP by its index at the end, as programs do. */
async function partsOf(blob: Blob): Promise<Part[]> {
  const bytes = Buffer.from(await blob.arrayBuffer());
  const end = bytes.length - 22;
  expect(bytes.readUInt32LE(end)).toBe(0x06054b50);
  const parts: Part[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    expect(bytes.readUInt32LE(at)).toBe(0x02014b50);
    const [check, size, name, local] = [bytes.readUInt32LE(at + 16), bytes.readUInt32LE(at + 24), bytes.readUInt16LE(at + 28), bytes.readUInt32LE(at + 42)];
    const path = bytes.toString('utf8', at + 46, at + 46 + name);
    expect(bytes.readUInt32LE(local)).toBe(0x04034b50);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(from, from + size);
    const packed = gzipSync(content);
    expect(packed.readUInt32LE(packed.length - 8), 'as gzip has it at its end').toBe(check);
    parts.push({ path, text: content.toString('utf8') });
    at += 46 + name;
  }
  return parts;
}

describe('a workbook', () => {
  const sheets = [
    { name: 'Who: buys [what]?', head: ['state', 'pieces'], rows: [['Viet Nam <A&B>', 13], ['=1+1', null], ['đảo \u0001', -0.5]] },
    { name: 'x'.repeat(40), head: ['a'], rows: [] },
  ];

  it('has a sheet for each table, numbers as numbers and texts as texts', async () => {
    const parts = await partsOf(toWorkbook(sheets));
    expect(parts.map((part) => part.path)).toEqual(['[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml', 'xl/_rels/workbook.xml.rels', 'xl/worksheets/sheet1.xml', 'xl/worksheets/sheet2.xml']);
    const [, , book, , first] = parts.map((part) => part.text);
    expect([...book!.matchAll(/<sheet name="([^"]*)"/g)].map((match) => match[1]!.length <= 31)).toEqual([true, true]);
    expect(book).toContain('name="1 Who  buys  what"');
    expect(first).toContain('<c><v>13</v></c>');
    expect(first).toContain('<c><v>-0.5</v></c>');
    expect(first).toContain('Viet Nam &lt;A&amp;B&gt;');
    expect(first, 'a text that looks like a formula is none').toContain('<c t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>');
    expect(first, 'no sign that XML has not').toContain('>đảo </t>');
  });

  it('is made of the columns of a table', () => {
    const columns = [{ key: 'a', label: 'A', text: (row: { a: number }) => row.a }];
    expect(sheetOf('name', columns, [{ a: 1 }, { a: 2 }])).toEqual({ name: 'name', head: ['A'], rows: [[1], [2]] });
  });
});
