/** Whether a file may be evidence at all: a picture dropped by mistake is not sent to be checked. */
export function isEvidence(text: string): boolean {
  return text.length > 0 && !text.includes('\0') && /^[\x20-\x7e]+\n/.test(text);
}
