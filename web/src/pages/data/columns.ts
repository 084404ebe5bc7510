// Which field a column of somebody's sheet holds: by its name first, then by what stands in it. Guesses are shown and can
// be changed; a column that nothing fits is left out.
import { has, t } from '../../lib/i18n.svelte';
import type { NamedField } from '../../lib/record_words';
import type { Field, RecordType } from '../../lib/records';
import type { Cells } from '../../lib/cells';
import { isOtherMoney, plain, readCell, stateOf } from './values';

/** Columns that every type has beside its fields. Releases are not among them: a sheet shares nothing. */
export const commonFields = (): NamedField[] => [
  common('id', 'Identifier', 'data.col.id'),
  common('source', 'Source'),
  common('period', 'Period'),
  { ...common('confidence', 'Confidence'), kind: 'choice', choices: ['A', 'B', 'C', 'D', 'E'] },
  common('note', 'Note'),
];

function common(key: string, english: string, message = `shell.provenance.${key}`): NamedField {
  return { key, english, title: has(message) ? t(message) : english, help: '', kind: 'text', required: false, several: false };
}

export function fieldsOf(type: RecordType): Field[] {
  return [...type.fields, ...commonFields()];
}

/** Other words under which sheets have a field, in English and in languages of the region. */
const otherWords: Record<string, string[]> = {
  id: ['identifier', 'record', 'ref', 'reference', 'kode', 'kod', 'pengenal', 'pengecam', 'ma ho so'],
  name: ['nama', 'pangalan', 'ten', 'nome', 'naran', 'description', 'designation', 'title', 'nomenclature', 'item name', 'product', 'part name', 'part description', 'item description', 'nama barang', 'nama produk', 'nama bagian', 'nama bahagian', 'nama item', 'uraian barang', 'deskripsi', 'uraian', 'keterangan barang', 'perihal', 'penerangan', 'perihal barang', 'ten hang', 'ten hang hoa', 'ten san pham', 'ten vat tu', 'ten linh kien', 'mo ta', 'dien giai', 'ชื่อ', 'ชื่อสินค้า', 'ชื่อรายการ', 'ชื่อผลิตภัณฑ์', 'ชื่อชิ้นส่วน', 'ชื่อพัสดุ', 'รายการ', 'รายการสินค้า', 'รายการพัสดุ', 'รายละเอียด', 'คำอธิบาย', 'descricao', 'nome do produto', 'designacao', 'ngalan', 'pangalan ng produkto', '名称', '产品名称', '品名', 'பெயர்', 'ឈ្មោះ', 'ຊື່', 'ຊື່ສິນຄ້າ', 'အမည်', 'ပစ္စည်းအမည်'],
  item: ['part', 'material', 'component', 'barang', 'item name', 'name', 'nama', 'description', 'part name', 'part description', 'item description', 'nama barang', 'nama item', 'nama produk', 'uraian barang', 'perihal barang', 'ten', 'ten hang', 'ten hang hoa', 'ten vat tu', 'ten san pham', 'ten linh kien', 'hang hoa', 'vat tu', 'mo ta', 'รายการ', 'ชื่อ', 'ชื่อสินค้า', 'ชื่อรายการ', 'ชื่อพัสดุ', 'สินค้า', 'พัสดุ', 'artigo', 'aytem', '品名', '物品', 'ឈ្មោះ', 'ຊື່ສິນຄ້າ', 'ပစ္စည်း'],
  kind: ['type', 'jenis', 'loai', 'ประเภท', 'ชนิด', 'tipo', 'uri', '类型'],
  maker: ['manufacturer', 'producer', 'made by', 'supplier', 'pembuat', 'pengilang', 'pabrik', 'pabrikan', 'produsen', 'pengeluar', 'nha san xuat', 'hang san xuat', 'noi san xuat', 'ผู้ผลิต', 'โรงงาน', 'โรงงานผู้ผลิต', 'fabricante', 'tagagawa', 'gumawa', '制造商', '厂家', '生产厂家', 'உற்பத்தியாளர்', 'ក្រុមហ៊ុនផលិត', 'ຜູ້ຜະລິດ', 'ထုတ်လုပ်သူ'],
  part_number: ['part no', 'p n', 'pn', 'mpn', 'part', 'part number', 'manufacturer part no', 'manufacturer part number', 'manufacturer s part no', 'maker part no', 'mfr part no', 'mfr pn', 'oem part no', 'supplier part no', 'vendor part no', 'nomor bagian', 'nomor suku cadang', 'no suku cadang', 'kode barang', 'nomor part', 'no bahagian', 'nombor bahagian', 'kod barang', 'ma hang', 'ma linh kien', 'ma vat tu', 'ma san pham', 'ma hang hoa', 'หมายเลขชิ้นส่วน', 'รหัสชิ้นส่วน', 'รหัสสินค้า', 'numero da peca', 'numero ng piyesa', '零件号', '料号', '型号'],
  nsn: ['nato stock number', 'stock number', 'หมายเลขพัสดุ', 'nomor stok nato', 'nombor stok nato'],
  hs: ['hs code', 'tariff', 'ahtn', 'customs code', 'kode hs', 'pos tarif', 'kod hs', 'kod tarif', 'ma hs', 'พิกัดศุลกากร', 'พิกัด', 'รหัสศุลกากร', 'codigo hs', 'codigo pautal', 'codigo sh', 'hs 编码', '海关编码', '税号'],
  fsc: ['supply class', 'federal supply class', 'nato supply class', 'fsc code'],
  unspsc: ['unspsc code'],
  supplier: ['supplier', 'vendor', 'manufacturer', 'maker', 'pemasok', 'pembekal', 'nha cung cap', 'ผู้ขาย', 'ผู้จัดหา', 'ผู้จำหน่าย', 'fornecedor', 'tagatustos', '供应商', '供货商'],
  unit: ['unit of measure', 'uom', 'unit of issue', 'satuan', 'don vi', 'satuan ukur', 'unit ukuran', 'don vi tinh', 'dvt', 'หน่วย', 'หน่วยนับ', 'unidade', 'yunit', '单位', 'ឯកតា', 'ຫົວໜ່ວຍ', 'யூனிட்'],
  price: ['unit price', 'cost', 'unit cost', 'price usd', 'unit price usd', 'harga', 'gia', 'preco', 'presyo', 'price per unit', 'harga satuan', 'harga per satuan', 'harga per unit', 'harga barang', 'harga seunit', 'harga unit', 'harga jual', 'don gia', 'gia ban', 'gia thanh', 'ราคา', 'ราคาต่อหน่วย', 'ราคาต่อชิ้น', 'ราคาขาย', 'preco unitario', 'preco por unidade', 'halaga', 'presyo bawat yunit', '价格', '单价', 'விலை', 'តម្លៃ', 'តម្លៃឯកតា', 'ລາຄາ', 'ລາຄາຕໍ່ໜ່ວຍ', 'စျေးနှုန်း', 'ဈေးနှုန်း'],
  lead_time: ['lead time', 'delivery', 'days', 'delivery time', 'lead time days', 'waktu kirim', 'waktu pengiriman', 'lama pengiriman', 'waktu tunggu', 'lama pengerjaan', 'masa tunggu', 'tempoh penghantaran', 'masa penghantaran', 'tempoh serahan', 'masa hantar', 'masa menunggu', 'tempoh hantar', 'thoi gian giao hang', 'thoi han giao hang', 'thoi gian giao', 'giao hang', 'ระยะเวลาส่งมอบ', 'ระยะเวลาจัดส่ง', 'เวลาส่งมอบ', 'กำหนดส่ง', 'เวลานำ', 'prazo de entrega', 'tempo de entrega', 'oras ng paghahatid', '交货期', '交期', '供货周期', 'រយៈពេលដឹកជញ្ជូន', 'ເວລາສົ່ງ', 'ໄລຍະເວລາສົ່ງ', 'ပို့ဆောင်ချိန်'],
  quantity: ['qty', 'amount', 'number', 'jumlah', 'so luong', 'pieces', 'kuantitas', 'banyaknya', 'kuantiti', 'bilangan', 'jumlah barang', 'จำนวน', 'ปริมาณ', 'quantidade', 'dami', 'bilang', '数量', 'அளவு', 'បរិមាណ', 'ចំនួន', 'ຈຳນວນ', 'ຈໍານວນ', 'အရေအတွက်'],
  origin: ['country', 'country of origin', 'state', 'source country', 'negara', 'nuoc', 'made in', 'negara asal', 'asal', 'negara pembuat', 'buatan', 'xuat xu', 'nuoc xuat xu', 'nuoc san xuat', 'ประเทศ', 'ประเทศผู้ผลิต', 'ประเทศต้นทาง', 'แหล่งกำเนิด', 'pais de origem', 'pais', 'origem', 'bansa', 'bansang pinagmulan', '原产国', '产地', 'ប្រទេស', 'ປະເທດ', 'နိုင်ငံ'],
  state: ['country', 'negara', 'nuoc', 'pais', 'quoc gia', 'ประเทศ', 'bansa', '国家', 'ប្រទេស', 'ປະເທດ', 'နိုင်ငံ'],
  share: ['percent', 'percentage', 'part of supply', 'bahagian', 'pangsa', 'persentase', 'peratus', 'peratusan', 'ty trong', 'ty le', 'phan tram', 'สัดส่วน', 'ร้อยละ', 'percentagem', 'quota', 'bahagi', '份额', '比例'],
  capacity: ['output', 'per year', 'annual capacity', 'kapasiti', 'kapasitas', 'kapasitas per tahun', 'kapasitas produksi', 'kapasiti setahun', 'cong suat', 'nang luc', 'san luong', 'กำลังการผลิต', 'กำลังผลิต', 'capacidade', 'kapasidad', '产能'],
  address: ['alamat', 'location', 'street', 'dia chi', 'ที่อยู่', 'endereco', 'tirahan', '地址'],
  place: ['location', 'town', 'city', 'tempat', 'lokasi', 'kota', 'bandar', 'dia diem', 'noi', 'thanh pho', 'สถานที่', 'เมือง', 'จังหวัด', 'lugar', 'lungsod', '地点'],
  staff: ['employees', 'headcount', 'workers', 'pekerja', 'karyawan', 'jumlah karyawan', 'pegawai', 'tenaga kerja', 'bilangan pekerja', 'kakitangan', 'so nhan vien', 'nhan vien', 'nhan su', 'so lao dong', 'จำนวนพนักงาน', 'พนักงาน', 'บุคลากร', 'trabalhadores', 'empregados', 'tauhan', '员工人数', '员工'],
  first: ['from', 'start', 'needed from', 'mula', 'mulai', 'dari', 'dari tanggal', 'mulai tanggal', 'dari tarikh', 'tarikh mula', 'tu', 'tu ngay', 'bat dau', 'ngay bat dau', 'ตั้งแต่', 'เริ่ม', 'วันเริ่ม', 'วันที่เริ่ม', 'inicio', 'a partir de', 'mula sa', '开始日期'],
  last: ['until', 'to', 'end', 'needed by', 'sampai', 'sampai tanggal', 'hingga', 'hingga tarikh', 'tarikh akhir', 'den', 'den ngay', 'ket thuc', 'ngay ket thuc', 'ถึง', 'สิ้นสุด', 'วันสิ้นสุด', 'fim', 'ate', 'hanggang', '结束日期'],
  budget: ['money', 'funds', 'anggaran', 'belanjawan', 'peruntukan', 'bajet', 'ngan sach', 'du toan', 'kinh phi', 'งบประมาณ', 'orcamento', 'badyet', '预算'],
  contact: ['phone', 'email', 'e mail', 'hubungi', 'kontak', 'telepon', 'surel', 'telefon', 'emel', 'lien he', 'dien thoai', 'ผู้ติดต่อ', 'ติดต่อ', 'โทรศัพท์', 'อีเมล', 'contacto', 'telefone', 'makipag ugnayan', '联系方式', '电话'],
  national_number: ['company number', 'registration number', 'reg no', 'company no', 'nib', 'nomor induk berusaha', 'nomor pendaftaran', 'no pendaftaran', 'nombor pendaftaran', 'no syarikat', 'ma so doanh nghiep', 'ma so thue', 'ma doanh nghiep', 'เลขทะเบียน', 'เลขทะเบียนนิติบุคคล', 'numero de registo', '注册号'],
  roles: ['peran', 'vai tro', 'บทบาท'],
  capabilities: ['kemampuan', 'keupayaan', 'nang luc', 'ขีดความสามารถ', 'ความสามารถ', 'capacidades'],
  certificates: ['sertifikat', 'sertifikasi', 'sijil', 'pensijilan', 'chung chi', 'chung nhan', 'ใบรับรอง', 'certificados', 'sertipiko', '证书'],
  variant: ['varian', 'bien the', 'รุ่น', 'variante'],
  standards: ['standar', 'piawaian', 'tieu chuan', 'มาตรฐาน', 'normas', 'pamantayan', '标准'],
  note: ['remark', 'remarks', 'comment', 'comments', 'notes', 'catatan', 'keterangan', 'nota', 'ulasan', 'ghi chu', 'chu thich', 'หมายเหตุ', 'observacoes', 'notas', 'puna', 'tala', '备注', 'குறிப்பு', 'កំណត់សម្គាល់', 'ໝາຍເຫດ', 'မှတ်ချက်'],
  period: ['year', 'tahun', 'as of', 'date', 'tanggal', 'tarikh', 'nam', 'ngay', 'ปี', 'วันที่', 'ano', 'taon', '年份', '日期'],
  source: ['sources', 'sumber', 'document', 'rujukan', 'nguon', 'แหล่งที่มา', 'ที่มา', 'fonte', 'pinagmulan', '来源'],
};

/** Phrases of every field: what a head says is what the longest of them says. */
const allPhrases = Object.entries(otherWords).flatMap(([key, words]) => [plain(key), ...words.map(plain)]);

/** Scripts that set no spaces between words: a phrase stands anywhere in a head, and two letters of Chinese are a word. */
const isUnspaced = (phrase: string) => /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Han}]/u.test(phrase);

/** How many letters of the head the longest of the phrases takes up; 0: none stands in it. */
function longestIn(said: string, phrases: string[]): number {
  const words = new Set(said.split(' '));
  const stands = (phrase: string) => (isUnspaced(phrase) ? phrase.length > 1 && said.includes(phrase) : phrase.length > 3 && phrase.split(' ').every((word) => words.has(word)));
  return phrases.reduce((most, phrase) => (phrase.length > most && stands(phrase) ? phrase.length : most), 0);
}

/** How well a name fits a field, from 0 to 1. "Unit price" is no unit, and "Manufacturer part no." no manufacturer. */
function nameFit(name: string, field: Field): number {
  const said = plain(name);
  if (!said) return 0;
  const key = plain(field.key);
  const titles = [field.title, (field as NamedField).english ?? field.title].map(plain);
  if (said === key || titles.includes(said)) return 1;
  const others = (otherWords[field.key] ?? []).map(plain);
  const place = others.indexOf(said);
  if (place >= 0) return 0.9 - Math.min(place, 20) * 0.01;
  const longest = longestIn(said, allPhrases);
  const own = longestIn(said, [key, ...titles]);
  if (own > 0 && own >= longest) return 0.7;
  const other = longestIn(said, others);
  return other > 0 && other >= longest ? 0.5 : 0;
}

/** How many of the cells look like a field's values, where that can be told at all. */
function contentFit(cells: string[], field: Field): number {
  const filled = cells.filter((cell) => cell !== '').slice(0, 50);
  if (filled.length === 0) return 0;
  const part = (fits: (cell: string) => boolean) => filled.filter(fits).length / filled.length;
  if (field.kind === 'state') return part((cell) => stateOf(cell) !== '');
  if (field.kind === 'choice') return part((cell) => (field.choices ?? []).includes(cell));
  if (field.kind === 'date') return part((cell) => /^\d{4}-\d\d-\d\d$/.test(cell)) * 0.8;
  if (field.key === 'nsn') return part((cell) => /^\d{4}-?\d\d-?\d{3}-?\d{4}$/.test(cell));
  if (field.key === 'lei') return part((cell) => /^[A-Z0-9]{18}\d\d$/.test(cell));
  return 0;
}

/** What is no value of its field, and not only written in a way that has to be asked about. */
const impossible = new Set(['number', 'day', 'unit', 'yes_no']);

/** Whether a cell can be no value of the field: a price has figures, a unit is none, and a record is named without spaces. */
function cannotBe(cell: string, field: Field): boolean {
  if (field.kind === 'reference') return /\s/.test(cell.trim());
  if (field.kind === 'state') return stateOf(cell) === '' && /\p{Nd}/u.test(cell);
  if (field.kind === 'code') return !/\p{Nd}/u.test(cell);
  return impossible.has(readCell(cell, field).why ?? '');
}

/** Whether head or cells speak against a field: amounts of other money are none in dollars, and of choices one has to be there. */
function isAgainst(head: string, cells: string[], field: Field): boolean {
  if (field.of === 'USD' && isOtherMoney(head)) return true;
  const filled = cells.filter((cell) => cell.trim() !== '').slice(0, 50);
  if (filled.length === 0) return false;
  if (field.kind === 'choice') return filled.every((cell) => readCell(cell, field).problem !== '');
  return filled.filter((cell) => cannotBe(cell, field)).length / filled.length > 0.5;
}

/** The key of the field of each column; empty: none. No field is taken twice. */
export function guessColumns(cells: Cells, type: RecordType): string[] {
  const fields = fieldsOf(type);
  const guesses = cells.head.flatMap((name, column) => {
    const values = cells.rows.map((row) => row.cells[column] ?? '');
    const rated = fields.map((field) => ({ column, key: field.key, fit: isAgainst(name, values, field) ? 0 : nameFit(name, field) || contentFit(values, field) * 0.45 }));
    // What a head says best, or nothing: a second part number is no maker because the first one is taken.
    const best = Math.max(...rated.map((one) => one.fit));
    return rated.filter((one) => one.fit >= best - 0.3);
  });
  const chosen = cells.head.map(() => '');
  const taken = new Set<string>();
  for (const guess of guesses.filter((one) => one.fit > 0.3).sort((a, b) => b.fit - a.fit)) {
    if (chosen[guess.column] || taken.has(guess.key)) continue;
    chosen[guess.column] = guess.key;
    taken.add(guess.key);
  }
  return chosen;
}

/** The type whose required fields, then other fields, the columns fit best. */
export function guessType(cells: Cells, types: RecordType[]): string {
  const scored = types.map((type) => {
    const chosen = guessColumns(cells, type).filter(Boolean);
    const own = chosen.filter((key) => type.fields.some((field) => field.key === key)).length;
    // What is one of a list can be said once for all rows.
    const missing = type.fields.filter((field) => field.required && !chosen.includes(field.key));
    return { key: type.key, score: missing.reduce((score, field) => score - (field.kind === 'choice' ? 0.5 : 2), own) };
  });
  return scored.reduce((best, one) => (one.score > best.score ? one : best), scored[0] ?? { key: '', score: 0 }).key;
}
