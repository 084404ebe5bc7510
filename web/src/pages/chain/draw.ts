/** Draws a network on a canvas: only what is in the window, and no more than can be read there. */

import type { Camera } from './camera';
import { windowOf } from './camera';
import type { Colouring } from './colouring';
import { box, type Layout } from './layout';
import type { Network, Thread } from './network';
import type { Rectangle, SpatialIndex } from './spatial';

export interface Palette {
  ink: string;
  muted: string;
  line: string;
  /** Around small boxes, and in what is hatched. */
  edge: string;
  surface: string;
  page: string;
  accent: string;
  danger: string;
  insideBar: string;
  outsideBar: string;
  /** By number of a fill's colour. */
  colours: string[];
  neutral: string[];
  font: string;
}

export interface Scene {
  network: Network;
  layout: Layout;
  index: SpatialIndex;
  colouring: Colouring;
  palette: Palette;
  /** What is followed: the rest steps back. */
  thread: Thread | null;
  /** A set of failures that is lit up. */
  lit: Thread | null;
  selected: number | null;
  pointedAt: number | null;
  tierNames: string[];
  /** Second line of a box. */
  noteOf: (item: number) => string;
  labels: Map<string, string>;
  /** On paper nobody comes nearer: what is lit has its name in full. */
  isPrinted: boolean;
}

const legibleScale = 0.3;
const notesScale = 0.55;
const strip = 10;
const bar = 4;
const manyNeeds = 3_000;
const fewNeeds = 150;
const headRoom = 24;

type Context = CanvasRenderingContext2D;

const hatches = new WeakMap<Context, Map<string, CanvasPattern>>();

function hatch(context: Context, ink: string, page: string): CanvasPattern | string {
  const key = `${ink} ${page}`;
  let known = hatches.get(context);
  if (!known) hatches.set(context, (known = new Map()));
  const found = known.get(key);
  if (found) return found;
  const tile = document.createElement('canvas');
  tile.width = 6;
  tile.height = 6;
  const on = tile.getContext('2d');
  if (!on) return page;
  on.fillStyle = page;
  on.fillRect(0, 0, 6, 6);
  on.strokeStyle = ink;
  on.lineWidth = 1.2;
  on.beginPath();
  for (const shift of [-3, 3, 9]) {
    on.moveTo(shift - 3, 6);
    on.lineTo(shift + 3, 0);
  }
  on.stroke();
  const pattern = context.createPattern(tile, 'repeat');
  if (!pattern) return page;
  known.set(key, pattern);
  return pattern;
}

function fillOf(context: Context, scene: Scene, item: number): CanvasPattern | string {
  const { palette, colouring } = scene;
  const { colour } = colouring.fills[colouring.fillOf[item]!]!;
  if (colour === -2) return hatch(context, palette.edge, palette.surface);
  if (colour < 0) return palette.neutral[colour === -1 ? 0 : 1]!;
  return palette.colours[colour % palette.colours.length]!;
}

/** A need as a curve from the right side of what needs to the left side of what it takes. */
function trace(context: Context, layout: Layout, from: number, to: number, isStraight: boolean): void {
  const y1 = layout.y[from]! + box.height / 2;
  const y2 = layout.y[to]! + box.height / 2;
  const goesRight = layout.x[to]! >= layout.x[from]! + box.width;
  const x1 = layout.x[from]! + box.width;
  const x2 = goesRight ? layout.x[to]! : layout.x[to]! + box.width;
  context.moveTo(x1, y1);
  if (isStraight) {
    context.lineTo(x2, y2);
  } else {
    const bend = goesRight ? Math.max(24, (x2 - x1) / 2) : 48;
    context.bezierCurveTo(x1 + bend, y1, goesRight ? x2 - bend : x2 + bend, y2, x2, y2);
  }
}

function meets(layout: Layout, from: number, to: number, view: Rectangle): boolean {
  const left = Math.min(layout.x[from]!, layout.x[to]!);
  const right = Math.max(layout.x[from]!, layout.x[to]!) + box.width + 48;
  const top = Math.min(layout.y[from]!, layout.y[to]!);
  const bottom = Math.max(layout.y[from]!, layout.y[to]!) + box.height;
  return left <= view.right && right >= view.left && top <= view.bottom && bottom >= view.top;
}

function touches(network: Network, need: number, item: number | null): boolean {
  const { from, to } = network.needs[need]!;
  return from === item || to === item;
}

function drawNeeds(context: Context, scene: Scene, view: Rectangle, scale: number): void {
  const { network, layout, palette, thread, lit } = scene;
  const seen: number[] = [];
  network.needs.forEach((need, n) => {
    if (meets(layout, need.from, need.to, view)) seen.push(n);
  });
  const isStraight = seen.length > manyNeeds;
  const pass = (rows: number[], style: string, width: number, alpha: number): void => {
    context.beginPath();
    for (const n of rows) {
      const need = network.needs[n]!;
      trace(context, layout, need.from, need.to, isStraight);
    }
    context.globalAlpha = alpha;
    context.strokeStyle = style;
    context.lineWidth = width / scale;
    context.stroke();
  };
  const hasFocus = thread !== null || lit !== null;
  pass(seen, palette.line, 0.8, hasFocus ? 0.12 : seen.length > 1_500 ? 0.35 : 0.6);
  if (thread) {
    const all = seen.filter((n) => thread.needs.has(n));
    pass(all, palette.accent, 1, lit || all.length > fewNeeds ? 0.15 : 0.6);
    const near = all.filter((n) => touches(network, n, scene.selected));
    pass(near, palette.accent, 2.2, 0.9);
  }
  if (lit) pass(seen.filter((n) => lit.needs.has(n)), palette.danger, 2.6, 1);
  context.globalAlpha = 1;
}

/** The text, cut to the width; each text is measured once. */
function fitted(context: Context, scene: Scene, text: string, width: number): string {
  const key = `${context.font}|${width}|${text}`;
  const known = scene.labels.get(key);
  if (known !== undefined) return known;
  let shown = text;
  if (context.measureText(text).width > width) {
    let length = Math.max(1, Math.floor((text.length * width) / context.measureText(text).width));
    while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > width) length -= 1;
    shown = `${text.slice(0, length).trimEnd()}…`;
  }
  scene.labels.set(key, shown);
  return shown;
}

function drawBar(context: Context, scene: Scene, item: number, x: number, y: number): void {
  const { palette } = scene;
  const { known, inside } = scene.network.items[item]!;
  const left = x + strip;
  const width = box.width - strip;
  const top = y + box.height - bar;
  const share = (part: number): number => width * Math.min(1, Math.max(0, part));
  context.fillStyle = hatch(context, palette.line, palette.surface);
  context.fillRect(left, top, width, bar);
  context.fillStyle = palette.outsideBar;
  context.fillRect(left, top, share(known ?? 0), bar);
  context.fillStyle = palette.insideBar;
  context.fillRect(left, top, share(inside ?? 0), bar);
}

function drawText(context: Context, scene: Scene, item: number, scale: number): void {
  const { palette, network, layout } = scene;
  const x = layout.x[item]! + strip + 6;
  const y = layout.y[item]!;
  const width = box.width - strip - 12;
  const hasNote = scale >= notesScale;
  context.fillStyle = palette.ink;
  context.font = `600 12px ${palette.font}`;
  context.fillText(
    fitted(context, scene, network.items[item]!.name, width),
    x,
    y + (hasNote ? 14 : 22),
  );
  if (hasNote) {
    context.fillStyle = palette.muted;
    context.font = `11px ${palette.font}`;
    context.fillText(fitted(context, scene, scene.noteOf(item), width), x, y + 28);
  }
}

function outlineOf(scene: Scene, item: number): { style: string; width: number } {
  if (item === scene.selected) return { style: scene.palette.accent, width: 3 };
  if (scene.lit?.items.has(item)) return { style: scene.palette.danger, width: 2.5 };
  if (item === scene.pointedAt) return { style: scene.palette.ink, width: 1.5 };
  return { style: scene.palette.line, width: 1 };
}

const steppedBack = 0.22;

function isInFocus(scene: Scene, item: number): boolean {
  const { thread, lit } = scene;
  if (thread === null && lit === null) return true;
  return Boolean(thread?.items.has(item) || lit?.items.has(item)) || item === scene.pointedAt;
}

function drawItem(context: Context, scene: Scene, item: number, scale: number): void {
  const { layout, palette } = scene;
  const x = layout.x[item]!;
  const y = layout.y[item]!;
  context.globalAlpha = isInFocus(scene, item) ? 1 : steppedBack;
  context.fillStyle = palette.surface;
  context.fillRect(x, y, box.width, box.height);
  context.fillStyle = fillOf(context, scene, item);
  context.fillRect(x, y, strip, box.height);
  drawBar(context, scene, item, x, y);
  drawText(context, scene, item, scale);
  const { style, width } = outlineOf(scene, item);
  context.strokeStyle = style;
  context.lineWidth = width;
  context.strokeRect(x, y, box.width, box.height);
  context.globalAlpha = 1;
}

/** Boxes too small for words: those of one fill in one path, and outlines only where they say something. */
function drawFar(context: Context, scene: Scene, items: number[], scale: number): void {
  const { layout, palette, colouring } = scene;
  const groups = new Map<number, number[]>();
  for (const item of items) {
    const key = colouring.fillOf[item]! * 2 + (isInFocus(scene, item) ? 1 : 0);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  for (const [key, group] of [...groups].sort((a, b) => (a[0] % 2) - (b[0] % 2) || a[0] - b[0])) {
    context.globalAlpha = key % 2 === 1 ? 1 : steppedBack;
    context.beginPath();
    for (const item of group) context.rect(layout.x[item]!, layout.y[item]!, box.width, box.height);
    context.fillStyle = fillOf(context, scene, group[0]!);
    context.fill();
    context.strokeStyle = palette.edge;
    context.lineWidth = 0.5 / scale;
    context.stroke();
  }
  context.globalAlpha = 1;
  for (const item of items) {
    const { style, width } = outlineOf(scene, item);
    if (style === palette.line) continue;
    context.strokeStyle = style;
    context.lineWidth = width / scale;
    context.strokeRect(layout.x[item]!, layout.y[item]!, box.width, box.height);
  }
}

function drawTiers(context: Context, scene: Scene, view: Rectangle, camera: Camera): void {
  const { layout, palette } = scene;
  const room = headRoom / camera.scale;
  const isBelowTop = view.top + room > 0;
  if (isBelowTop) {
    context.fillStyle = palette.page;
    context.globalAlpha = 0.9;
    context.fillRect(view.left, view.top, view.right - view.left, room);
    context.globalAlpha = 1;
  }
  context.font = `600 ${12 / camera.scale}px ${palette.font}`;
  context.fillStyle = palette.muted;
  const y = Math.max(box.top - 12 / camera.scale, view.top + 16 / camera.scale);
  layout.tiers.forEach((tier, t) => {
    const name = scene.tierNames[t] ?? '';
    const width = tier.right - tier.left + box.tierGap - 12;
    if (context.measureText(name).width <= width) {
      context.fillText(name, tier.left, y);
    } else {
      context.fillText(String(Math.abs(tier.tier)), tier.left, y);
    }
  });
}

/** The names of what is lit, above the boxes and as large as the words around the picture. */
function drawNames(context: Context, scene: Scene, view: Rectangle, scale: number): void {
  const { layout, network, palette } = scene;
  const height = 11 / scale;
  const gap = 3 / scale;
  context.font = `600 ${height}px ${palette.font}`;
  for (const item of scene.lit?.items ?? []) {
    const name = network.items[item]!.name;
    const { width } = context.measureText(name);
    const x = Math.min(layout.x[item]!, view.right - width - 2 * gap);
    const y = layout.y[item]! - 2 * gap;
    context.fillStyle = palette.page;
    context.fillRect(x - gap, y - height, width + 2 * gap, height + gap);
    context.fillStyle = palette.ink;
    context.fillText(name, x, y);
  }
}

/** Cost: what is in the window, and a look at each need. */
export function draw(
  context: Context,
  scene: Scene,
  camera: Camera,
  size: { width: number; height: number; ratio: number },
): void {
  const { width, height, ratio } = size;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = scene.palette.page;
  context.fillRect(0, 0, width, height);
  context.setTransform(
    ratio * camera.scale,
    0,
    0,
    ratio * camera.scale,
    ratio * camera.x,
    ratio * camera.y,
  );
  const view = windowOf(camera, width, height);
  drawNeeds(context, scene, view, camera.scale);
  const items = scene.index.within(view);
  if (camera.scale < legibleScale) drawFar(context, scene, items, camera.scale);
  else for (const item of items) drawItem(context, scene, item, camera.scale);
  drawTiers(context, scene, view, camera);
  if (scene.isPrinted) drawNames(context, scene, view, camera.scale);
}
