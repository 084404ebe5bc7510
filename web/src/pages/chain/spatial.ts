/** Which boxes a point or a rectangle meets: a grid of cells as large as a box or two. */

export interface Rectangle {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export class SpatialIndex {
  private readonly cells = new Map<number, number[]>();
  private readonly cellWidth: number;
  private readonly cellHeight: number;
  private readonly bounds: Rectangle;

  constructor(
    private readonly x: ArrayLike<number>,
    private readonly y: ArrayLike<number>,
    private readonly width: number,
    private readonly height: number,
  ) {
    this.cellWidth = width * 2;
    this.cellHeight = height * 4;
    this.bounds = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
    for (let i = 0; i < x.length; i += 1) {
      const one = this.rectangleOf(i);
      this.bounds.left = Math.min(this.bounds.left, one.left);
      this.bounds.top = Math.min(this.bounds.top, one.top);
      this.bounds.right = Math.max(this.bounds.right, one.right);
      this.bounds.bottom = Math.max(this.bounds.bottom, one.bottom);
      this.eachCell(one, (key) => {
        const cell = this.cells.get(key);
        if (cell) cell.push(i);
        else this.cells.set(key, [i]);
      });
    }
  }

  rectangleOf(i: number): Rectangle {
    const left = this.x[i]!;
    const top = this.y[i]!;
    return { left, top, right: left + this.width, bottom: top + this.height };
  }

  /** The box under the point, the last one drawn; null if there is none. */
  at(x: number, y: number): number | null {
    const found = this.within({ left: x, top: y, right: x, bottom: y });
    return found.length > 0 ? found[found.length - 1]! : null;
  }

  /** The boxes that meet the rectangle, in order. */
  within(rectangle: Rectangle): number[] {
    const found = new Set<number>();
    this.eachCell(this.clipped(rectangle), (key) => {
      for (const i of this.cells.get(key) ?? []) {
        const one = this.rectangleOf(i);
        if (
          one.left <= rectangle.right &&
          one.right >= rectangle.left &&
          one.top <= rectangle.bottom &&
          one.bottom >= rectangle.top
        ) {
          found.add(i);
        }
      }
    });
    return [...found].sort((a, b) => a - b);
  }

  /** A view that is zoomed far out has no more cells to look at than the boxes have. */
  private clipped(rectangle: Rectangle): Rectangle {
    return {
      left: Math.max(rectangle.left, this.bounds.left),
      top: Math.max(rectangle.top, this.bounds.top),
      right: Math.min(rectangle.right, this.bounds.right),
      bottom: Math.min(rectangle.bottom, this.bounds.bottom),
    };
  }

  private eachCell(rectangle: Rectangle, visit: (key: number) => void): void {
    const columns = 65_536;
    const firstColumn = Math.floor(rectangle.left / this.cellWidth);
    const lastColumn = Math.floor(rectangle.right / this.cellWidth);
    const firstRow = Math.floor(rectangle.top / this.cellHeight);
    const lastRow = Math.floor(rectangle.bottom / this.cellHeight);
    for (let row = firstRow; row <= lastRow; row += 1) {
      for (let column = firstColumn; column <= lastColumn; column += 1) {
        visit(row * columns + column);
      }
    }
  }
}
