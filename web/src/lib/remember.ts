// What this browser keeps of the reader's choices: language, theme, columns. Never data.
export function kept(name: string): string | null {
  try {
    return localStorage.getItem(`adic.${name}`);
  } catch {
    return null;
  }
}

export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`adic.${name}`, value);
  } catch {
    // A browser that keeps nothing: the choice lasts as long as the page.
  }
}
