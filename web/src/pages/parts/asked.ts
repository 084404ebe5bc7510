// What is asked of the server, the same for every list: all that can stop anything, without the range of its rank.
export function ofEach(inside: string, isWithMachines = true): Record<string, string | number> {
  return { 'of-each': 'yes', inside, top: 0, draws: 1, ...(isWithMachines ? {} : { 'no-equipment': 'yes' }) };
}
