// The parts list as its page keeps it: the sheet that is looked at, and nothing of the sample or of what is too long.
import { beforeEach, describe, expect, it } from 'vitest';
import { parseCells } from '../../src/lib/cells';
import { forgetAll } from '../../src/lib/forget';
import { list } from '../../src/pages/parts/list.svelte';

const rows = parseCells('Part no.\tDescription\nXQ-1\tRadio');

describe('a parts list', () => {
  beforeEach(() => list.drop());

  it('is kept with what its columns hold, and is the same again', () => {
    list.take('boat.xlsx', [{ name: 'Notes', rows: [] }, { name: 'Parts', rows }]);
    list.setKind(1, '');
    const kept = JSON.parse(JSON.stringify(list.toKeep));
    expect(kept).toMatchObject({ name: 'boat.xlsx', sheet: 'Parts', kinds: ['part_number', ''] });
    list.drop();
    expect(list.toKeep).toBeUndefined();
    list.restore(kept);
    expect(list.toKeep).toEqual(kept);
    expect(list.now.cells?.rows[0]?.cells).toEqual(['XQ-1', 'Radio']);
  });

  it('is not kept where it is the sample, or too long', () => {
    list.takeSample(rows);
    expect([list.now.cells !== undefined, list.toKeep]).toEqual([true, undefined]);
    list.take('', [{ name: '', rows: [rows[0]!, { number: 2, cells: ['XQ-1', 'x'.repeat(2_000_000)] }] }]);
    expect([list.now.cells !== undefined, list.toKeep]).toEqual([true, undefined]);
  });

  it('is gone when somebody else reads', () => {
    list.take('', [{ name: '', rows }]);
    forgetAll();
    expect(list.toKeep).toBeUndefined();
  });
});
