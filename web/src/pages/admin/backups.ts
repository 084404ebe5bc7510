/** When a copy was made, by its name: "registry-20261126T051000Z.db". */
export function backupTime(name: string): string {
  const found = /(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(name);
  return found ? `${found[1]}-${found[2]}-${found[3]}T${found[4]}:${found[5]}:${found[6]}Z` : '';
}
