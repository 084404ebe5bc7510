/** Where the picture is looked at from: screen = world * scale + offset. */

import type { Rectangle } from './spatial';

export interface Camera {
  x: number;
  y: number;
  scale: number;
}

export const leastScale = 0.02;
export const mostScale = 3;

export function clampScale(scale: number): number {
  return Math.min(mostScale, Math.max(leastScale, scale));
}

/** The whole picture in the window, not enlarged. */
export function fit(width: number, height: number, windowWidth: number, windowHeight: number): Camera {
  const margin = 16;
  const scale = clampScale(
    Math.min(
      1,
      (windowWidth - 2 * margin) / Math.max(1, width),
      (windowHeight - 2 * margin) / Math.max(1, height),
    ),
  );
  return {
    scale,
    x: (windowWidth - width * scale) / 2,
    y: Math.max(margin, (windowHeight - height * scale) / 2),
  };
}

/** All of these in the window, not enlarged. Requires: there is one. */
export function fitAround(places: readonly Rectangle[], windowWidth: number, windowHeight: number): Camera {
  const left = Math.min(...places.map((place) => place.left));
  const top = Math.min(...places.map((place) => place.top));
  const right = Math.max(...places.map((place) => place.right));
  const bottom = Math.max(...places.map((place) => place.bottom));
  const whole = fit(right - left, bottom - top, windowWidth, windowHeight);
  return { ...whole, x: whole.x - left * whole.scale, y: whole.y - top * whole.scale };
}

/** What is under (x, y) of the screen stays there. */
export function zoomAt(camera: Camera, x: number, y: number, factor: number): Camera {
  const scale = clampScale(camera.scale * factor);
  const ratio = scale / camera.scale;
  return { scale, x: x - (x - camera.x) * ratio, y: y - (y - camera.y) * ratio };
}

export function toWorld(camera: Camera, x: number, y: number): { x: number; y: number } {
  return { x: (x - camera.x) / camera.scale, y: (y - camera.y) / camera.scale };
}

export function windowOf(camera: Camera, width: number, height: number): Rectangle {
  const first = toWorld(camera, 0, 0);
  const last = toWorld(camera, width, height);
  return { left: first.x, top: first.y, right: last.x, bottom: last.y };
}

/** Moves no more than it takes to have the rectangle in the window, and makes it legible. */
export function bringIntoView(
  camera: Camera,
  rectangle: Rectangle,
  width: number,
  height: number,
): Camera {
  const legible = 0.75;
  const margin = 24;
  let next = camera;
  if (camera.scale < legible) {
    const middleX = (rectangle.left + rectangle.right) / 2;
    const middleY = (rectangle.top + rectangle.bottom) / 2;
    next = {
      scale: legible,
      x: width / 2 - middleX * legible,
      y: height / 2 - middleY * legible,
    };
  }
  const left = rectangle.left * next.scale + next.x;
  const top = rectangle.top * next.scale + next.y;
  const right = rectangle.right * next.scale + next.x;
  const bottom = rectangle.bottom * next.scale + next.y;
  const dx = left < margin ? margin - left : Math.min(0, width - margin - right);
  const dy = top < margin ? margin - top : Math.min(0, height - margin - bottom);
  return dx === 0 && dy === 0 ? next : { ...next, x: next.x + dx, y: next.y + dy };
}
