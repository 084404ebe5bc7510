// A row of links that is wider than a phone shows the one that the reader is at.

/** Moves the row, and nothing else, until what is marked as current stands in it. */
export function showCurrent(row: HTMLElement | undefined): void {
  const here = row?.querySelector('[aria-current]')?.getBoundingClientRect();
  const seen = row?.getBoundingClientRect();
  if (!row || !here || !seen) return;
  if (here.left < seen.left || here.right > seen.right) row.scrollLeft += here.left + here.width / 2 - (seen.left + seen.width / 2);
}
