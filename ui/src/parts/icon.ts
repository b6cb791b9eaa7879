/** A picture of the icon set, such as the default export of `lucide/dist/esm/icons/send.mjs`. */
export type Icon = [shape: string, attributes: Record<string, string | undefined>][];

const SVG = 'http://www.w3.org/2000/svg';

const drawn = new WeakMap<Icon, DocumentFragment>();

/** The shapes of a picture. A list has dozens of the same, so each is built once and then copied. */
export function shapes(icon: Icon): Node {
  let built = drawn.get(icon);
  if (built === undefined) {
    built = document.createDocumentFragment();
    built.append(...icon.map(([shape, attributes]) => element(shape, attributes)));
    drawn.set(icon, built);
  }
  return built.cloneNode(true);
}

function element(shape: string, attributes: Icon[number][1]): SVGElement {
  const built = document.createElementNS(SVG, shape);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) {
      built.setAttribute(name, value);
    }
  }
  return built;
}
