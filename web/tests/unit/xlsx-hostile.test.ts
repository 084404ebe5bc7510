// Workbooks that somebody broke on purpose: each is read or refused, in time that grows with its size.
import { describe, expect, it } from 'vitest';
import { deflateRawSync } from 'node:zlib';
import { toWorkbook } from '../../src/lib/workbook';
import { readWorkbook, Unreadable } from '../../src/lib/xlsx';
import { randomStream } from './made-network';

/** A ZIP as the reader wants it; it looks at no checksum. */
function zipOf(files: Record<string, string>, method = 8): ArrayBuffer {
  const [parts, directory]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const [path, text] of Object.entries(files)) {
    const name = Buffer.from(path);
    const packed = method === 8 ? deflateRawSync(text) : Buffer.from(text);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    parts.push(local, name, packed);
    directory.push(entry, name);
    at += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(at, 16);
  const whole = Buffer.concat([...parts, ...directory, end]);
  return whole.buffer.slice(whole.byteOffset, whole.byteOffset + whole.byteLength) as ArrayBuffer;
}

const relations = '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>';
const workbook = (sheets = 1) => `<workbook><sheets>${'<sheet name="A" r:id="r1"/>'.repeat(sheets)}</sheets></workbook>`;
const book = (sheet: string, more: Record<string, string> = {}) =>
  zipOf({ 'xl/workbook.xml': workbook(), 'xl/_rels/workbook.xml.rels': relations, 'xl/worksheets/sheet1.xml': sheet, ...more });
const cells = async (file: ArrayBuffer) => (await readWorkbook(file))[0]!.rows.map((row) => row.cells);

/** Long enough that what grows with its square does not end. */
const many = 400_000;

describe('a workbook that was broken on purpose', () => {
  it.each([
    ['rows that are not closed', book('<row>'.repeat(many))],
    ['cells that are not closed', book(`<row>${'<c>'.repeat(many)}</row>`)],
    ['values that are not closed', book(`<row><c>${'<v>'.repeat(many)}</c></row>`)],
    ['tags that do not end', book('<row '.repeat(many))],
    ['prefixes alone', book('<x:'.repeat(many))],
    ['texts that are not closed', book('', { 'xl/sharedStrings.xml': `<si>${'<t>'.repeat(many)}</si>` })],
    ['readings that are not closed', book('', { 'xl/sharedStrings.xml': `<si>${'<rPh>'.repeat(many)}</si>` })],
    ['formats of brackets', book('', { 'xl/styles.xml': `<numFmt numFmtId="164" formatCode="${'['.repeat(many)}"/>` })],
  ])('is read in one pass: %s', async (_, file) => {
    expect((await readWorkbook(file)).flatMap((sheet) => sheet.rows)).toEqual([]);
  });

  it('is refused where it is larger than what it says of itself', async () => {
    await expect(readWorkbook(book(' '.repeat(65 * 1024 * 1024)))).rejects.toThrow('too many bytes');
  });

  it('is refused where few letters mean many cells', async () => {
    await expect(readWorkbook(book('<row><c r="XFD1"><v>1</v></c></row>'.repeat(200)))).rejects.toThrow('too many cells');
    await expect(readWorkbook(book('<row><c r="ZZZ1"><v>1</v></c></row>'))).rejects.toThrow('too many columns');
    expect(await cells(book('<row r="3"><c r="C3"><v>1</v></c></row>'))).toEqual([['', '', '1']]);
  });

  it('is refused where one sheet is named again and again', async () => {
    const file = zipOf({ 'xl/workbook.xml': workbook(1000), 'xl/_rels/workbook.xml.rels': relations, 'xl/worksheets/sheet1.xml': `<row><c><v>1</v></c></row>${' '.repeat(100_000)}` });
    await expect(readWorkbook(file)).rejects.toThrow('too many bytes');
  });

  it('is read with prefixes, readings and parts that are only stored', async () => {
    const strings = '<x:sst><x:si><x:r><x:t>東</x:t></x:r><x:rPh sb="0"><x:t>ひがし</x:t></x:rPh><x:r><x:t xml:space="preserve">京 &amp; A</x:t></x:r></x:si></x:sst>';
    const sheet = '<x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c><x:c r="B1"/><x:c r="C1" s="1"><x:v>45000</x:v></x:c></x:row>';
    const styles = '<numFmts/><cellXfs><xf numFmtId="0"/><xf numFmtId="14"><alignment/></xf></cellXfs>';
    const files = { 'xl/workbook.xml': workbook(), 'xl/_rels/workbook.xml.rels': relations, 'xl/worksheets/sheet1.xml': sheet, 'xl/sharedStrings.xml': strings, 'xl/styles.xml': styles };
    for (const method of [0, 8]) expect(await cells(zipOf(files, method))).toEqual([['東京 & A', '', '2023-03-15']]);
  });

  it('with any byte changed is read or refused, by the one error that is named', async () => {
    const random = randomStream(20_261_127);
    const good = new Uint8Array(await new Response(toWorkbook([{ name: 'Parts', head: ['Part', 'Name'], rows: [['007', 'Bolt & nut'], [12.5, null]] }])).arrayBuffer());
    let refused = 0;
    for (let turn = 0; turn < 3000; turn += 1) {
      const bytes = good.slice(0, random() < 0.1 ? Math.floor(random() * good.length) : good.length);
      for (let left = 1 + Math.floor(random() * 4); left > 0; left -= 1) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      try {
        await readWorkbook(bytes.buffer);
      } catch (problem) {
        expect(problem).toBeInstanceOf(Unreadable);
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(100);
    expect(refused).toBeLessThan(3000);
  });
});
