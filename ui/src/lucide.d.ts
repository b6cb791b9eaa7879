/** One picture of the icon set: the id that it has in the document (see `icons.ts`). */
declare module 'lucide/dist/esm/icons/*' {
  const icon: import('./parts/icon').Icon;
  export default icon;
}
