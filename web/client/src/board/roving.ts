/** The card an arrow key leads to, in columns of different lengths; null when the key is not ours. */
export function nextCell(columns: readonly (readonly string[])[], from: string, key: string): string | null {
  const x = columns.findIndex((column) => column.includes(from));
  const column = columns[x];
  if (!column) return null;
  const y = column.indexOf(from);
  const at = (cx: number, cy: number): string | null => {
    const target = columns[cx];
    return target?.[Math.min(cy, target.length - 1)] ?? null;
  };
  switch (key) {
    case "ArrowDown":
      return at(x, Math.min(y + 1, column.length - 1));
    case "ArrowUp":
      return at(x, Math.max(y - 1, 0));
    case "ArrowRight":
      return at(Math.min(x + 1, columns.length - 1), y);
    case "ArrowLeft":
      return at(Math.max(x - 1, 0), y);
    case "Home":
      return at(x, 0);
    case "End":
      return at(x, column.length - 1);
    default:
      return null;
  }
}
