/** A picture of the icon set, such as the default export of `lucide/dist/esm/icons/send.mjs`. */
export type Icon = `icon-${string}`;
