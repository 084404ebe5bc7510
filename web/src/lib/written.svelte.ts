// That a record was written or taken back from somewhere else than the page that shows it: `load` what reads `written.round`
// is asked again.
export const written = $state({ round: 0 });

export function tellWritten(): void {
  written.round += 1;
}
